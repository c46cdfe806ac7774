using System.Text.Json;
using AtlasCloud.Http;
using AtlasCloud.Json;
using AtlasCloud.Text;

namespace AtlasCloud.Predictions;

/// <summary>Reads a prediction out of every reply that has been seen, and says what its status word means.</summary>
internal static class PredictionReader
{
    private static readonly string[] s_idNames = ["id", "prediction_id", "predictionId", "request_id", "task_id", "taskId", "session_id", "ID"];

    private static readonly HashSet<string> s_success = new(StringComparer.OrdinalIgnoreCase) { "completed", "succeeded", "success", "done" };

    private static readonly HashSet<string> s_failure = new(StringComparer.OrdinalIgnoreCase)
    {
        "failed", "error", "timeout", "canceled", "cancelled", "expired",
    };

    private static readonly HashSet<string> s_known = new(StringComparer.Ordinal)
    {
        "id", "prediction_id", "predictionId", "request_id", "task_id", "taskId", "session_id", "ID", "model", "status", "state",
        "outputs", "output", "urls", "created_at", "createdAt", "completed_at", "error", "error_code", "has_nsfw_contents", "executionTime",
        "timings", "metrics", "latency_ms", "price", "thumbnail", "files", "progress", "code", "message", "msg",
    };

    /// <summary>Reads the object inside a reply; null where there is neither an id nor a status in it.</summary>
    /// <param name="root">The reply.</param>
    /// <param name="fallbackId">The id that was asked for, for replies that do not repeat it.</param>
    /// <param name="kind">What the model makes, where that is known.</param>
    internal static Prediction? Read(JsonElement root, string? fallbackId = null, ModelKind kind = ModelKind.Unknown)
    {
        JsonElement data = ResponseEnvelope.Unwrap(root);
        string? status = data.Text("status", "state");
        string? id = fallbackId ?? IdIn(root, data);
        bool isOpenAi = data.Member("data") is { ValueKind: JsonValueKind.Array } && data.Member("created") is not null;
        if (id is null && status is null && !isOpenAi)
        {
            return null;
        }

        string? model = data.Text("model");
        kind = kind == ModelKind.Unknown ? ModelKinds.GuessFromId(model) : kind;
        IReadOnlyList<Output> outputs = OutputReader.Read(data, id, kind);
        status ??= isOpenAi && outputs.Count > 0 ? "completed" : null;
        Prediction prediction = new()
        {
            Id = id ?? "",
            Model = model,
            Kind = kind,
            Status = SafeText.Sanitize(status ?? "unknown", length: 60),
            State = StateOf(status),
            Outputs = outputs,
            Error = ErrorOf(data, status, root),
            ErrorCode = (int?)data.Member("error_code")?.AsInteger(),
            CreatedAt = data.FirstMember("created_at", "createdAt")?.AsTime(),
            CompletedAt = data.Member("completed_at")?.AsTime(),
            RunTime = RunTimeOf(data),
            Price = data.Member("price")?.AsDecimal(),
            Progress = (double?)data.Member("progress")?.AsDecimal(),
            CancelUri = Uri.TryCreate(data.Member("urls")?.Text("cancel"), UriKind.Absolute, out Uri? cancel) ? cancel : null,
            AdditionalProperties = JsonValues.ToDictionary(data, name => !s_known.Contains(name)),
        };
        return Settle(prediction, data.Member("has_nsfw_contents").Items().Any(f => f.AsBoolean() == true));
    }

    internal static PredictionState StateOf(string? status) =>
        status is null ? PredictionState.InFlight
        : s_success.Contains(status.Trim()) ? PredictionState.Succeeded
        : s_failure.Contains(status.Trim()) ? PredictionState.Failed
        : PredictionState.InFlight;

    // "Completed" with nothing to show is a failure for whoever asked; and a failure without a price was not billed.
    private static Prediction Settle(Prediction prediction, bool isFlagged)
    {
        bool carriesText = prediction.AdditionalProperties.Contains("stt_result") || prediction.AdditionalProperties.Contains("lyrics_result");
        if (prediction.State == PredictionState.Succeeded && prediction.Outputs.Count == 0 && !carriesText)
        {
            prediction = prediction with
            {
                State = PredictionState.Failed,
                Error = prediction.Error ?? (isFlagged ? "Moderation withheld the result." : "It completed without a result."),
            };
        }

        return prediction with
        {
            Charge = prediction.Price is not null ? BillingState.Charged
                : StateOf(prediction.Status) == PredictionState.Failed ? BillingState.NotCharged
                : BillingState.Unknown,
        };
    }

    private static string? IdIn(JsonElement root, JsonElement data)
    {
        // request_id on top is the id of the HTTP request; inside data it is the id of the task.
        IEnumerable<string> names = data.Equals(root) ? s_idNames.Where(n => n != "request_id") : s_idNames;
        string[] found =
        [
            .. names.Select(n => data.Text(n)).Concat(s_idNames.Where(n => n != "request_id").Select(n => root.Text(n)))
                .OfType<string>()
                .Where(PredictionId.IsValid)
                .Distinct(StringComparer.Ordinal),
        ];

        return found.Length > 1 && data.Text("id") is null
            ? throw new AtlasCloudException(
                AtlasCloudErrorKind.UnexpectedReply,
                $"The reply names several ids ({string.Join(", ", found)}), and which of them is the prediction cannot be told.")
            : found.FirstOrDefault();
    }

    private static string? ErrorOf(JsonElement data, string? status, JsonElement root)
    {
        string? words = data.Member("error") is JsonElement error
            ? error.AsText() ?? error.Text("message", "msg", "error", "detail", "reason")
            : null;
        if (words is null && StateOf(status) == PredictionState.Failed)
        {
            words = data.Text("message", "msg") ?? root.Text("message", "msg");
        }

        return words is null ? null : SafeText.Sanitize(words);
    }

    private static TimeSpan? RunTimeOf(JsonElement data)
    {
        decimal? milliseconds = data.Member("executionTime")?.AsDecimal() ?? data.Member("timings")?.Member("inference")?.AsDecimal();
        decimal? seconds = data.Member("metrics")?.Member("predict_time")?.AsDecimal() ?? milliseconds / 1000;
        return seconds is > 0 and < 1_000_000 ? TimeSpan.FromSeconds((double)seconds) : null;
    }
}
