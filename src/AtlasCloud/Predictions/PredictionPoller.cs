using System.Text.Json;
using AtlasCloud.Costs;
using AtlasCloud.Http;
using AtlasCloud.Json;
using AtlasCloud.Logging;

namespace AtlasCloud.Predictions;

/// <summary>
/// Asks once how a prediction stands. A failed poll is not a failed prediction: whatever does not carry a verdict about the
/// prediction itself, or a refusal that will not change, means "ask again later".
/// </summary>
internal sealed class PredictionPoller(HttpPipeline http, TimeProvider clock, Budget? spending = null, PredictionRecords? records = null)
{
    // A record is not always visible at once: for this long after the submit "not found" means "not yet".
    private static readonly TimeSpan s_grace = TimeSpan.FromSeconds(30);

    /// <summary>What the service says now; null if it said nothing that counts.</summary>
    /// <exception cref="AtlasCloudException">The service refuses to tell, and asking again would not help.</exception>
    internal async Task<Prediction?> TryAsync(Prediction known, CancellationToken cancellationToken)
    {
        try
        {
            ApiResponse reply = await AskAsync($"model/prediction/{known.Id}", known, RetryPolicy.Never, cancellationToken).ConfigureAwait(false);
            return await JudgeAsync(reply, known, cancellationToken).ConfigureAwait(false);
        }
        catch (AtlasCloudException exception) when (exception.Kind is AtlasCloudErrorKind.ConnectionFailed or AtlasCloudErrorKind.RequestTimedOut)
        {
            AtlasCloudLog.Verbose($"Poll of {known.Id}: {exception.Message} Asking again.");
            return null;
        }
    }

    /// <summary>What the service says, asked for as often as a read may be.</summary>
    /// <exception cref="AtlasCloudException">It is not known, or the service refuses to tell.</exception>
    internal async Task<Prediction> GetAsync(Prediction known, CancellationToken cancellationToken)
    {
        ApiResponse reply = await AskAsync($"model/prediction/{known.Id}", known, RetryPolicy.Idempotent, cancellationToken).ConfigureAwait(false);
        return await JudgeAsync(reply, known, cancellationToken).ConfigureAwait(false)
            ?? throw ResponseErrors.Find(reply, What(known), http.Key)
            ?? new AtlasCloudException(AtlasCloudErrorKind.UnexpectedReply, $"The answer about {What(known)} cannot be understood.") { RequestId = reply.RequestId };
    }

    private async Task<Prediction?> JudgeAsync(ApiResponse reply, Prediction known, CancellationToken cancellationToken)
    {
        // The body first: a failed task can answer HTTP 500 with everything in it.
        if (Verdict(reply, known) is Prediction prediction)
        {
            return await NoteAsync(prediction).ConfigureAwait(false);
        }

        int status = StatusOf(reply);
        if (status is 400 or 404 && IsFresh(known))
        {
            AtlasCloudLog.Verbose($"{known.Id} is not visible yet.");
            return null;
        }

        switch (status)
        {
            case 404:
                (Prediction? found, bool isUndecided) = await ElsewhereAsync(known, cancellationToken).ConfigureAwait(false);
                if (found is not null)
                {
                    return await NoteAsync(found).ConfigureAwait(false);
                }

                if (isUndecided)
                {
                    AtlasCloudLog.Verbose($"{known.Id} is not at its address, and the older one did not say. Asking again.");
                    return null;
                }

                await (records?.RecordMissingAsync(known) ?? Task.CompletedTask).ConfigureAwait(false);
                throw NotFound(reply, known);
            case 401 when !await IsKeyRefusedAsync(cancellationToken).ConfigureAwait(false):
                AtlasCloudLog.Warning($"The service answers 401 for {known.Id} although the key is not refused elsewhere; that has been a passing fault before. Asking again.");
                return null;
            case 400 or 401 or 402 or 403 or 422 or 451:
                AtlasCloudException refusal = ResponseErrors.Find(reply, What(known), http.Key)!;
                throw new AtlasCloudException(refusal.Kind, $"{refusal.Message} The prediction itself may go on.", refusal)
                {
                    Status = refusal.Status,
                    RequestId = refusal.RequestId,
                    ServerMessage = refusal.ServerMessage,
                    Target = known,
                };
            default:
                AtlasCloudLog.Verbose($"Poll of {known.Id} gave HTTP {status} without a verdict. Asking again.");
                return null;
        }
    }

    // What another process submitted is known by the clock on the wall only, which may have been set in between.
    private bool IsFresh(Prediction known) => known.SubmittedTimestamp is long timestamp
        ? clock.GetElapsedTime(timestamp) < s_grace
        : known.SubmittedAt is DateTimeOffset submitted && (clock.GetUtcNow() - submitted).Duration() < s_grace;

    private async Task<Prediction> NoteAsync(Prediction prediction)
    {
        spending?.Settle(prediction);
        await (records?.RecordStatusAsync(prediction) ?? Task.CompletedTask).ConfigureAwait(false);
        return prediction;
    }

    private static Prediction? Verdict(ApiResponse reply, Prediction known)
    {
        if (reply.Json is not JsonElement json || ResponseEnvelope.Unwrap(json).Text("status", "state") is null)
        {
            return null;
        }

        // "status" on top of a refusal is a gateway's word about itself, not about the prediction.
        bool isAboutIt = reply.IsSuccessStatus || json.Member("data") is not null || json.Text("id") is not null;
        return isAboutIt && PredictionReader.Read(json, known.Id, known.Kind) is Prediction read
            ? read.MergeWith(known) with { RequestId = reply.RequestId }
            : null;
    }

    private static int StatusOf(ApiResponse reply) =>
        reply.IsSuccessStatus ? (reply.Json is JsonElement json ? ResponseEnvelope.FailureCode(json) : null) ?? 200 : (int)reply.Status;

    // Two older paths, for records that the first one has lost. The second tells of one output only, so it is asked only where the first
    // does not know the record either: a fault on the way, or a refusal, is no answer to that.
    private async Task<(Prediction? Found, bool IsUndecided)> ElsewhereAsync(Prediction known, CancellationToken cancellationToken)
    {
        foreach (string path in (string[])[$"model/result/{known.Id}", $"model/getResult?predictionId={Uri.EscapeDataString(known.Id)}"])
        {
            ApiResponse reply = await AskAsync(path, known, RetryPolicy.Never, cancellationToken).ConfigureAwait(false);
            if (Verdict(reply, known) is Prediction prediction)
            {
                return (prediction, false);
            }

            if (StatusOf(reply) is not (400 or 404))
            {
                return (null, true);
            }
        }

        return (null, false);
    }

    // In an incident the balance can be out of order too: only a 401 there speaks against the key.
    private async Task<bool> IsKeyRefusedAsync(CancellationToken cancellationToken)
    {
        ApiCall call = new(HttpMethod.Get, http.Billing("balance"), "the balance") { RetryPolicy = RetryPolicy.Never };
        ApiResponse reply = await http.SendAsync(call, cancellationToken).ConfigureAwait(false);
        return StatusOf(reply) == 401;
    }

    private Task<ApiResponse> AskAsync(string path, Prediction known, RetryPolicy repeat, CancellationToken cancellationToken) =>
        http.SendAsync(new ApiCall(HttpMethod.Get, http.Media(path), What(known)) { RetryPolicy = repeat, MaxResponseBytes = HttpPipeline.MaxMediaResponseBytes }, cancellationToken);

    private static string What(Prediction known) => $"prediction {known.Id}";

    private static AtlasCloudException NotFound(ApiResponse reply, Prediction known) =>
        new(AtlasCloudErrorKind.PredictionNotFound, $"The service does not know a prediction {known.Id}.")
        {
            Status = reply.Status,
            RequestId = reply.RequestId,
            RecommendedAction = "Look for it with Get-AtlasPrediction -History; records can be kept from being stored, and ids belong to one account.",
            Target = known,
        };
}
