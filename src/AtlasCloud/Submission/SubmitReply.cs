using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using AtlasCloud.Http;
using AtlasCloud.Json;
using AtlasCloud.Predictions;
using AtlasCloud.Text;

namespace AtlasCloud.Submission;

/// <summary>
/// Decides what the response to a submit proves. A named task is an acceptance, whatever HTTP status or code comes with it. Refusals are a closed list.
/// Everything else is unknown, so that a status that the service or a gateway adds one day can neither lose a task nor release its money.
/// </summary>
/// <param name="Verdict">What it proves.</param>
/// <param name="Prediction">The task; null unless it was accepted.</param>
/// <param name="Doubt">Why nothing is proven, as a sentence; null if something is.</param>
internal sealed partial record SubmitReply(SubmitVerdict Verdict, Prediction? Prediction, string? Doubt)
{
    /// <summary>Reads a response.</summary>
    /// <param name="response">The response.</param>
    /// <param name="kind">The kind of result that was requested.</param>
    internal static SubmitReply Read(ApiResponse response, ModelKind kind)
    {
        bool isRefusal = IsListedRefusal(response);
        Prediction? task;
        try
        {
            task = FindTask(response, kind, isRefusal);
        }
        catch (AtlasCloudException exception)
        {
            // Several IDs: at least one of them can be a task.
            return new SubmitReply(SubmitVerdict.Unknown, null, exception.Message);
        }

        if (task is not null)
        {
            return new SubmitReply(SubmitVerdict.Accepted, task, null);
        }

        return isRefusal && FindMentionedId(response) is null
            ? new SubmitReply(SubmitVerdict.Refused, null, null)
            : new SubmitReply(SubmitVerdict.Unknown, null, Describe(response));
    }

    // Statuses, or codes in a body with a successful status, that the service uses only for requests that it does not accept.
    private static bool IsListedRefusal(ApiResponse response) => response.EffectiveStatus switch
    {
        400 or 401 or 402 or 403 or 404 or 405 or 413 or 415 or 422 or 429 or 451 => true,
        // A gateway answers 503 too, also after it has passed the request on. Only the service repeats it in its envelope.
        503 => response.Json is JsonElement json && ResponseEnvelope.FailureCode(json) == 503 && FindMentionedId(response) is null,
        _ => false,
    };

    private static Prediction? FindTask(ApiResponse response, ModelKind kind, bool isRefusal)
    {
        if (response.Json is JsonElement json && PredictionReader.Read(json, kind: kind) is Prediction read)
        {
            if (read is { State: PredictionState.Succeeded, Outputs.Count: > 0 } || (read.Id.Length > 0 && ProvesTask(json, response, isRefusal)))
            {
                return read;
            }
        }

        return !isRefusal && FindMentionedId(response) is string id ? new Prediction { Id = id, Kind = kind } : null;
    }

    private static bool ProvesTask(JsonElement root, ApiResponse response, bool isRefusal)
    {
        if (response.EffectiveStatus == 200)
        {
            return true;
        }

        JsonElement data = ResponseEnvelope.Unwrap(root);
        bool isInEnvelope = !data.Equals(root);
        string? status = data.Text("status", "state");
        return status is null ? isInEnvelope && !isRefusal && HasTaskId(data)
            // A refusal often names the failed task's number or the request's; a failure elsewhere is what the service says about the task.
            : PredictionReader.GetState(status) == PredictionState.Failed ? isInEnvelope && !isRefusal
            // Outside of an envelope the status can be that of the HTTP response, such as 409 or "conflict".
            : PredictionReader.IsLive(status) || (isInEnvelope && !decimal.TryParse(status, NumberStyles.Float, CultureInfo.InvariantCulture, out _));
    }

    // The request_id in an error is that of the HTTP request.
    private static bool HasTaskId(JsonElement data) =>
        PredictionId.IsValid(data.Text("id", "prediction_id", "predictionId", "task_id", "taskId", "session_id"));

    /// <summary>An ID in the envelope or in an address of a prediction, whatever else the response says; null if there is none.</summary>
    private static string? FindMentionedId(ApiResponse response)
    {
        JsonElement? data = response.Json is JsonElement json && !ResponseEnvelope.Unwrap(json).Equals(json) ? ResponseEnvelope.Unwrap(json) : null;
        bool isFailed = PredictionReader.GetState(data?.Text("status", "state")) == PredictionState.Failed;
        string? id = isFailed ? null : data?.Text("id", "prediction_id", "predictionId", "task_id", "taskId", "session_id");
        return PredictionId.IsValid(id) ? id : IdIn(response.Location) ?? (isFailed ? null : IdIn(data?.Member("urls")?.Text("get", "result")));
    }

    private static string? IdIn(string? address)
    {
        Match match = PredictionAddress().Match(address ?? "");
        string? id = match.Success ? match.Groups[1].Value + match.Groups[2].Value : null;
        return PredictionId.IsValid(id) ? id : null;
    }

    private static string Describe(ApiResponse response)
    {
        if (response.EffectiveStatus == 200)
        {
            return "The service accepted it but its response contains no ID.";
        }

        string said = SafeText.Sanitize(ResponseErrors.FindMessage(response), length: 200);
        string message = said.Length > 0 ? $" (\"{said}\")" : "";
        return response.IsSuccessStatus
            ? string.Create(CultureInfo.InvariantCulture, $"The response was HTTP {(int)response.Status} with the code {response.EffectiveStatus}{message}.")
            : string.Create(CultureInfo.InvariantCulture, $"The response was HTTP {(int)response.Status}{message}.");
    }

    [GeneratedRegex(@"(?:^|/)(?:predictions?|result)/([A-Za-z0-9_.:\-]{1,200})/?(?:[?#]|\z)|[?&]predictionId=([A-Za-z0-9_.:\-]{1,200})(?:[&#]|\z)", RegexOptions.CultureInvariant)]
    private static partial Regex PredictionAddress();
}
