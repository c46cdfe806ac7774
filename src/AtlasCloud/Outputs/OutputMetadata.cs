using System.Text.Json;
using System.Text.Json.Nodes;
using AtlasCloud.Json;

namespace AtlasCloud.Outputs;

/// <summary>Creates the metadata of a saved file, with everything that is needed to repeat its request.</summary>
internal static class OutputMetadata
{
    /// <summary>Returns the content of the .json file: the file, the prediction and the request.</summary>
    internal static string Create(Prediction prediction, Output output, SavedFile file)
    {
        JsonObject metadata = new()
        {
            ["id"] = prediction.Id,
            ["model"] = prediction.Model,
            ["file"] = Path.GetFileName(file.Path),
            ["length"] = file.Length,
            ["sha256"] = file.Sha256,
            ["output"] = output.Index,
            ["source"] = output.Uri?.GetLeftPart(UriPartial.Path),
            ["created_at"] = prediction.CreatedAt,
            ["completed_at"] = prediction.CompletedAt,
            ["price"] = prediction.Price,
            ["currency"] = prediction.Price is null ? null : prediction.Currency,
            ["label"] = prediction.Label,
            ["request"] = JsonValues.ToJson(prediction.Request),
        };
        return JsonSerializer.Serialize(metadata, AtlasJson.Readable.GetTypeInfo(typeof(JsonObject)));
    }
}
