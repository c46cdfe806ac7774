using System.Text.Json;
using System.Text.Json.Nodes;
using AtlasCloud.Json;
using AtlasCloud.Requests;

namespace AtlasCloud.Outputs;

/// <summary>Creates the metadata of a saved file, with everything that is needed to repeat its request. <see cref="Request.Load"/> reads it.</summary>
internal static class OutputMetadata
{
    /// <summary>Returns the content of the .json file: the file, the prediction and the request.</summary>
    /// <param name="prediction">The prediction.</param>
    /// <param name="output">The output that was saved.</param>
    /// <param name="file">The saved file.</param>
    /// <param name="key">The API key, which is masked; null without one.</param>
    internal static string Create(Prediction prediction, Output output, SavedFile file, string? key)
    {
        JsonObject metadata = new()
        {
            ["id"] = prediction.Id,
            ["model"] = prediction.Model,
            ["kind"] = prediction.Kind == ModelKind.Unknown ? null : prediction.Kind.ToString(),
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
            [RecordedRequest.RequestName] = null,
        };
        if (JsonValues.ToJson(prediction.Request) is JsonObject body)
        {
            RecordedRequest.AddTo(metadata, body, prediction.Uploads, key);
        }

        return JsonSerializer.Serialize(metadata, AtlasJson.Readable.GetTypeInfo(typeof(JsonObject)));
    }
}
