using System.Collections;
using System.Text.Json;
using System.Text.Json.Nodes;
using AtlasCloud.Json;

namespace AtlasCloud.Outputs;

/// <summary>Which outputs of a prediction are saved, and what is written beside them.</summary>
internal static class OutputSelection
{
    /// <summary>The results; with <paramref name="all"/> also thumbnails, last frames and packages. A transcript or song text comes with its details.</summary>
    internal static IReadOnlyList<Output> Of(Prediction prediction, bool all)
    {
        IEnumerable<Output> chosen = prediction.Outputs;
        if (!all)
        {
            Output[] main = [.. prediction.Outputs.Where(o => o.Role == OutputRole.Result || (o.Role == OutputRole.File && o.Kind == MediaKind.ThreeD))];
            chosen = main.Length > 0 ? main : prediction.Outputs;
        }

        List<Output> outputs = [.. chosen];
        foreach (string name in (string[])["stt_result", "lyrics_result"])
        {
            if (prediction.AdditionalProperties[name] is IDictionary details)
            {
                string text = JsonValues.ToJson(details)!.ToJsonString(AtlasJson.Readable);
                outputs.Add(new Output { Value = text, Text = text, Kind = MediaKind.Text, ContentType = "application/json", Index = outputs.Count + 1, PredictionId = prediction.Id });
            }
        }

        return outputs;
    }

    /// <summary>What a request needs to be repeated, and what became of it.</summary>
    internal static string Metadata(Prediction prediction, Output output, SavedFile file)
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
