using System.Text.Json;
using AtlasCloud.Http;
using AtlasCloud.Json;
using AtlasCloud.Text;

namespace AtlasCloud.Predictions;

/// <summary>Reads a prediction from every known shape of response, and interprets its status. API reference, sections 4.3, 5.1 and 5.3.</summary>
internal static class PredictionReader
{
    private static readonly string[] s_idNames = ["id", "prediction_id", "predictionId", "request_id", "task_id", "taskId", "session_id", "ID"];

    // In the response to a poll, the others can be the IDs of the HTTP request and of a session.
    private static readonly string[] s_pollIdNames = ["id", "prediction_id", "predictionId", "task_id", "taskId", "ID"];

    private static readonly HashSet<string> s_successWords = new(StringComparer.OrdinalIgnoreCase) { "completed", "succeeded", "success", "done" };

    private static readonly HashSet<string> s_inFlightWords = new(StringComparer.OrdinalIgnoreCase)
    {
        "created", "submitted", "starting", "queued", "in_queue", "pending", "processing", "running",
    };

    private static readonly HashSet<string> s_failureWords = new(StringComparer.OrdinalIgnoreCase)
    {
        "failed", "error", "timeout", "canceled", "cancelled", "expired",
    };

    private static readonly HashSet<string> s_canceledWords = new(StringComparer.OrdinalIgnoreCase) { "canceled", "cancelled" };

    private static readonly HashSet<string> s_knownMembers = new(StringComparer.Ordinal)
    {
        "id", "prediction_id", "predictionId", "request_id", "task_id", "taskId", "session_id", "ID", "model", "status", "state",
        "outputs", "output", "urls", "created_at", "createdAt", "completed_at", "error", "error_code", "has_nsfw_contents", "executionTime",
        "timings", "metrics", "latency_ms", "price", "thumbnail", "files", "progress", "code", "message", "msg",
    };

    /// <summary>Reads the prediction in a response; null if the response has neither an ID nor a status.</summary>
    /// <param name="root">The response.</param>
    /// <param name="fallbackId">The requested ID; null if the ID must be read from the response.</param>
    /// <param name="kind">The kind of result; Unknown if it must be inferred from the model.</param>
    /// <exception cref="AtlasCloudException">UnexpectedReply: the response contains several different IDs.</exception>
    internal static Prediction? Read(JsonElement root, string? fallbackId = null, ModelKind kind = ModelKind.Unknown)
    {
        JsonElement data = ResponseEnvelope.Unwrap(root);
        string? status = data.Text("status", "state");
        string? id = fallbackId ?? ReadId(root, data);
        bool isOpenAi = data.Member("data") is { ValueKind: JsonValueKind.Array } && data.Member("created") is not null;
        if (id is null && status is null && !isOpenAi)
        {
            return null;
        }

        string? model = data.Text("model");
        bool isKindKnown = kind != ModelKind.Unknown;
        kind = isKindKnown ? kind : ModelKinds.GuessFromId(model);
        bool isComplete = GetState(status) == PredictionState.Succeeded || (status is null && isOpenAi);
        OutputReading reading = OutputReader.Read(data, id, kind, allowsText: !isKindKnown || !NeverMakesText(kind), isComplete ? s_knownMembers.Contains : null);
        status ??= isOpenAi && (reading.Outputs.Count > 0 || reading.UnreadMembers.Count > 0) ? "completed" : null;
        Prediction prediction = new()
        {
            Id = id ?? "",
            Model = model,
            Kind = kind,
            Status = SafeText.Sanitize(status ?? "unknown", length: 60),
            State = GetState(status),
            Outputs = reading.Outputs,
            HasUnreadOutputs = reading.UnreadMembers.Count > 0,
            Error = ReadError(data, status, root),
            ErrorCode = data.Member("error_code")?.AsInteger() is long code and >= int.MinValue and <= int.MaxValue ? (int)code : null,
            CreatedAt = data.FirstMember("created_at", "createdAt")?.AsTime(),
            CompletedAt = data.Member("completed_at")?.AsTime(),
            RunTime = ReadRunTime(data),
            Price = Money.ReadPrice(data.Member("price")),
            Progress = (double?)data.Member("progress")?.AsDecimal(),
            CancelUri = Uri.TryCreate(data.Member("urls")?.Text("cancel"), UriKind.Absolute, out Uri? cancel) ? cancel : null,
            AdditionalProperties = JsonValues.ToDictionary(data, name => !s_knownMembers.Contains(name) || reading.UnreadMembers.Contains(name)),
        };
        Prediction outcome = ApplyOutcome(prediction, data.Member("has_nsfw_contents").Items().Any(f => f.AsBoolean() == true));

        // Only a missing price means that a failed prediction was not charged. One that cannot be real says nothing.
        return outcome.Price is null && data.Member("price") is JsonElement price && price.AsText() is not null ? outcome with { Charge = BillingState.Unknown } : outcome;
    }

    /// <summary>Whether a response to a poll is about another prediction. A response without an ID is about the requested one.</summary>
    internal static bool HasOtherId(JsonElement root, string id)
    {
        JsonElement data = ResponseEnvelope.Unwrap(root);
        string[] found = [.. s_pollIdNames.SelectMany(n => new[] { data.Text(n), root.Text(n) }).OfType<string>()];
        return found.Length > 0 && !found.Contains(id, StringComparer.Ordinal);
    }

    /// <summary>Interprets a status word. Unknown and missing words count as in flight.</summary>
    internal static PredictionState GetState(string? status) =>
        status is null ? PredictionState.InFlight
        : s_successWords.Contains(status.Trim()) ? PredictionState.Succeeded
        : s_failureWords.Contains(status.Trim()) ? PredictionState.Failed
        : PredictionState.InFlight;

    /// <summary>Whether a status means that the task was canceled. It counts as failed.</summary>
    internal static bool IsCanceled(string status) => s_canceledWords.Contains(status.Trim());

    /// <summary>Whether a status is one of the known words for a task that is in flight or has succeeded.</summary>
    internal static bool IsLive(string status) => s_inFlightWords.Contains(status.Trim()) || s_successWords.Contains(status.Trim());

    // A completed prediction without outputs is a failure for the caller, and a failed prediction without a price was not charged. Both are conclusions from
    // what is missing, which can appear later.
    private static Prediction ApplyOutcome(Prediction prediction, bool isFlagged)
    {
        PredictionState stated = GetState(prediction.Status);
        if (prediction.State == PredictionState.Succeeded && !prediction.HasResult)
        {
            prediction = prediction with
            {
                State = PredictionState.Failed,
                Error = prediction.Error ?? (isFlagged ? "Moderation withheld the outputs." : "The prediction completed without outputs."),
                NeedsSecondLook = !isFlagged,
            };
        }

        return prediction with
        {
            NeedsSecondLook = prediction.NeedsSecondLook || (stated == PredictionState.Failed && prediction.Price is null),
            Charge = prediction.Price is not null ? BillingState.Charged
                : stated == PredictionState.Failed ? BillingState.NotCharged
                : BillingState.Unknown,
        };
    }

    // A text in place of a picture is a message about what went wrong.
    private static bool NeverMakesText(ModelKind kind) => kind is ModelKind.Image or ModelKind.Video or ModelKind.ThreeD;

    private static string? ReadId(JsonElement root, JsonElement data)
    {
        // At the top level request_id is the ID of the HTTP request; inside data it is that of the task.
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
                $"The response contains several IDs ({string.Join(", ", found)}), so the prediction's ID is ambiguous.")
            : found.FirstOrDefault();
    }

    private static string? ReadError(JsonElement data, string? status, JsonElement root)
    {
        string? message = data.Member("error") is JsonElement error
            ? error.AsText() ?? error.Text("message", "msg", "error", "detail", "reason")
            : null;
        if (message is null && GetState(status) == PredictionState.Failed)
        {
            message = data.Text("message", "msg") ?? root.Text("message", "msg");
        }

        return message is null ? null : SafeText.Sanitize(message);
    }

    private static TimeSpan? ReadRunTime(JsonElement data)
    {
        decimal? milliseconds = data.Member("executionTime")?.AsDecimal() ?? data.Member("timings")?.Member("inference")?.AsDecimal();
        decimal? seconds = data.Member("metrics")?.Member("predict_time")?.AsDecimal() ?? milliseconds / 1000;
        return seconds is > 0 and < 1_000_000 ? TimeSpan.FromSeconds((double)seconds) : null;
    }
}
