using System.Globalization;
using System.Text.Json.Nodes;

namespace AtlasCloud.Mcp.Results;

/// <summary>Converts predictions to results.</summary>
internal static class PredictionResult
{
    private const int MaxOutputs = 50;

    internal static JsonObject Create(Prediction prediction)
    {
        JsonObject result = new()
        {
            ["prediction_id"] = DataText.Line(prediction.Id, 200),
            ["status"] = DataText.Line(prediction.Status, 60),
            ["state"] = prediction.State.ToWord(),
            ["finished"] = prediction.IsFinished,
            ["charge"] = prediction.Charge.ToWord(),
        };
        result.Set("model", DataText.LineOrNull(prediction.Model, 200));
        result.Set("kind", prediction.Kind == ModelKind.Unknown ? null : prediction.Kind.ToWord());
        result.Set("label", DataText.LineOrNull(prediction.Label, 100));
        result.Set("quoted_price", prediction.Quote?.Price);
        result.Set("price", prediction.Price);
        result.Set("currency", prediction.Price is null && prediction.Quote is null ? null : DataText.LineOrNull(prediction.Currency, 10));
        result.Set("created_at", prediction.CreatedAt?.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture));
        result.Set("run_seconds", prediction.RunTime is TimeSpan time ? Math.Round(time.TotalSeconds, 1) : null);
        result.Set("error", DataText.LineOrNull(prediction.Error, 500));
        result["outputs"] = new JsonArray([.. prediction.Outputs.Take(MaxOutputs).Select(Create)]);
        return result;
    }

    private static JsonObject Create(Output output)
    {
        JsonObject result = new() { ["index"] = output.Index, ["kind"] = output.Kind.ToWord(), ["role"] = output.Role.ToWord() };

        // A data URI or Base64 would fill the context of the assistant. The content can be saved.
        result.Set("url", output.Uri is { Scheme: "https" or "http", OriginalString.Length: < 4096 } address ? DataText.Line(address.AbsoluteUri, 4096) : null);
        result.Set("text", output.Text is null ? null : DataText.Clean(output.Text));
        result.Set("content_type", DataText.LineOrNull(output.ContentType, 100));
        result.Set("flagged", output.IsFlagged);
        return result;
    }
}
