using System.Text.Json.Nodes;

namespace AtlasCloud.Mcp.Results;

/// <summary>Converts failures to results. The IDs are those of the library, which do not change.</summary>
internal static class ErrorResult
{
    internal static JsonObject Create(Exception exception) => exception switch
    {
        AtlasCloudException failure => Create(failure),
        IOException or UnauthorizedAccessException => Create("FileAccessFailed", "A file or folder could not be read or written.", "Ask the user to check the folders that the server was started with."),

        // The message could contain anything; the user finds it in the log.
        _ => Create("UnexpectedError", "The call failed because of a bug in the server.", "Tell the user that the log of the server has the details."),
    };

    private static JsonObject Create(AtlasCloudException failure)
    {
        JsonObject error = Create(failure.Kind.ToString(), DataText.Clean(failure.Message, 2000), DataText.Clean(ErrorAdvice.For(failure), 1000));
        error.Set("reason", failure.Reason == AtlasCloudErrorReason.None ? null : failure.Reason.ToString());
        error.Set("service_message", DataText.LineOrNull(failure.ServerMessage, 500));
        error.Set("input", DataText.LineOrNull(failure.Input, 100));
        error.Set("model", DataText.LineOrNull(failure.Model, 200));
        error.Set("prediction_id", DataText.LineOrNull(failure.PredictionId ?? (failure.Target as Prediction)?.Id, 200));
        error.Set("price", failure.Amount);
        error.Set("limit", failure.Limit);
        error.Set("retry_after_seconds", failure.RetryAfter?.TotalSeconds);
        error.Set("request_id", DataText.LineOrNull(failure.RequestId, 100));
        if (failure.Allowed.Count > 0)
        {
            error["allowed"] = new JsonArray([.. failure.Allowed.Take(50).Select(a => (JsonNode)DataText.Line(a, 200))]);
        }

        return error;
    }

    private static JsonObject Create(string id, string message, string advice) =>
        new() { ["id"] = id, ["message"] = message, ["recommended_action"] = advice };
}
