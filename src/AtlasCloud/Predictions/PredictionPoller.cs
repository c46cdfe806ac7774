using System.Text.Json;
using AtlasCloud.Http;
using AtlasCloud.Json;

namespace AtlasCloud.Predictions;

/// <summary>
/// Reads the state of a prediction once. A failed poll is not a failed prediction: any response that says nothing about the prediction itself, and is
/// not a lasting refusal, means "poll again later".
/// </summary>
internal sealed class PredictionPoller(HttpPipeline http, TimeProvider clock, Budget? budget = null, PredictionRecords? records = null)
{
    // A record is not always visible at once: for this long after the submit, "not found" means "not yet".
    private static readonly TimeSpan s_gracePeriod = TimeSpan.FromSeconds(30);

    /// <summary>Time between the first response with an outcome that needs a second look and that look.</summary>
    internal static readonly TimeSpan SecondLookDelay = TimeSpan.FromSeconds(1);

    /// <summary>Polls once.</summary>
    /// <returns>
    /// The prediction; null if the response was inconclusive. An outcome that needs a second look is final once it is passed as <paramref name="known"/> and
    /// returned again.
    /// </returns>
    /// <exception cref="AtlasCloudException">The service refuses to answer, and polling again would not help.</exception>
    internal async Task<Prediction?> TryPollAsync(Prediction known, CancellationToken cancellationToken) =>
        (await PollAsync(known, cancellationToken).ConfigureAwait(false)).Prediction;

    /// <summary>Polls once, as <see cref="TryPollAsync"/> does.</summary>
    /// <returns>The prediction; null if the response was inconclusive. Then, if the poll reached no working service, the failure.</returns>
    /// <exception cref="AtlasCloudException">The service refuses to answer, and polling again would not help.</exception>
    internal async Task<(Prediction? Prediction, AtlasCloudException? Failure)> PollAsync(Prediction known, CancellationToken cancellationToken)
    {
        try
        {
            ApiResponse response = await RequestAsync($"model/prediction/{known.Id}", known, RetryPolicy.Never, cancellationToken).ConfigureAwait(false);
            Prediction? current = await EvaluateAsync(response, known, cancellationToken).ConfigureAwait(false);
            return (current, current is null && response.EffectiveStatus != 404 ? ResponseErrors.Find(response, Describe(known), http.Key) : null);
        }
        catch (AtlasCloudException exception) when (exception.Kind is AtlasCloudErrorKind.ConnectionFailed or AtlasCloudErrorKind.RequestTimedOut)
        {
            AtlasCloudLog.Verbose($"Poll of {known.Id} failed: {exception.Message} Polling again.");
            return (null, exception);
        }
    }

    /// <summary>Reads the prediction, with retries.</summary>
    /// <exception cref="AtlasCloudException">PredictionNotFound, or the service refuses to answer.</exception>
    internal async Task<Prediction> GetAsync(Prediction known, CancellationToken cancellationToken)
    {
        ApiResponse response = await RequestAsync($"model/prediction/{known.Id}", known, RetryPolicy.Idempotent, cancellationToken).ConfigureAwait(false);
        Prediction current = await EvaluateAsync(response, known, cancellationToken).ConfigureAwait(false)
            ?? throw ResponseErrors.Find(response, Describe(known), http.Key)
            ?? new AtlasCloudException(AtlasCloudErrorKind.UnexpectedReply, $"The response to the status request for prediction {known.Id} is not valid.")
            {
                RequestId = response.RequestId,
                PredictionId = known.Id,
            };
        if (!current.NeedsSecondLook || known.NeedsSecondLook)
        {
            return current;
        }

        await Task.Delay(SecondLookDelay, clock, cancellationToken).ConfigureAwait(false);
        try
        {
            return await TryPollAsync(current, cancellationToken).ConfigureAwait(false) ?? current;
        }
        catch (AtlasCloudException exception)
        {
            AtlasCloudLog.Verbose($"The second look at {known.Id} failed: {exception.Message}");
            return current;
        }
    }

    private async Task<Prediction?> EvaluateAsync(ApiResponse response, Prediction known, CancellationToken cancellationToken)
    {
        // The body decides before the status: a failed task can answer HTTP 500 with all its details.
        if (Parse(response, known) is Prediction prediction)
        {
            return await RecordAsync(prediction, known).ConfigureAwait(false);
        }

        int status = response.EffectiveStatus;
        if (status is 400 or 404 && IsFresh(known))
        {
            AtlasCloudLog.Verbose($"{known.Id} is not visible yet.");
            return null;
        }

        switch (status)
        {
            case 404:
                return await FindElsewhereAsync(response, known, cancellationToken).ConfigureAwait(false);
            case 401 when !await IsKeyRefusedAsync(cancellationToken).ConfigureAwait(false):
                AtlasCloudLog.Warning($"Polling prediction {known.Id} returned 401 although the API key is valid. This is usually temporary; polling continues.");
                return null;
            case 400 or 401 or 402 or 403 or 422 or 451:
                AtlasCloudException refusal = ResponseErrors.Find(response, Describe(known), http.Key)!;
                throw refusal.With(message: $"{refusal.Message} The prediction itself may continue.", target: known, predictionId: known.Id);
            default:
                AtlasCloudLog.Verbose($"Poll of {known.Id} returned HTTP {status}, and the response contains no status. Polling again.");
                return null;
        }
    }

    // For a prediction of another process only the wall clock is known, which may have been set since.
    private bool IsFresh(Prediction known) => known.SubmittedTimestamp is long timestamp
        ? clock.GetElapsedTime(timestamp) < s_gracePeriod
        : known.SubmittedAt is DateTimeOffset submitted && (clock.GetUtcNow() - submitted).Duration() < s_gracePeriod;

    // An outcome that needs a second look is recorded after that.
    private async Task<Prediction> RecordAsync(Prediction prediction, Prediction known)
    {
        if (prediction.NeedsSecondLook && !known.NeedsSecondLook)
        {
            return prediction;
        }

        budget?.Settle(prediction.Id, prediction.SettledPrice);
        await (records?.RecordStatusAsync(prediction) ?? Task.CompletedTask).ConfigureAwait(false);
        return prediction;
    }

    private static Prediction? Parse(ApiResponse response, Prediction known)
    {
        if (response.Json is not JsonElement json || ResponseEnvelope.Unwrap(json).Text("status", "state") is null)
        {
            return null;
        }

        if (PredictionReader.HasOtherId(json, known.Id))
        {
            AtlasCloudLog.Verbose($"The response to the poll of {known.Id} is about another prediction. Polling again.");
            return null;
        }

        // "status" at the top of a refusal is a gateway's own status, not the prediction's.
        bool isPrediction = response.IsSuccessStatus || json.Member("data") is not null || json.Text("id") is not null;
        return isPrediction && PredictionReader.Read(json, known.Id, known.Kind) is Prediction read
            ? read.MergeWith(known) with { RequestId = response.RequestId }
            : null;
    }

    // Two older paths still have records that the first one has lost. The second returns one output only, so it is read only if the first does not know
    // the record either; a fault or a refusal does not say that.
    private async Task<Prediction?> FindElsewhereAsync(ApiResponse notFound, Prediction known, CancellationToken cancellationToken)
    {
        foreach (string path in (string[])[$"model/result/{known.Id}", $"model/getResult?predictionId={Uri.EscapeDataString(known.Id)}"])
        {
            ApiResponse response = await RequestAsync(path, known, RetryPolicy.Never, cancellationToken).ConfigureAwait(false);
            if (Parse(response, known) is Prediction prediction)
            {
                return await RecordAsync(prediction, known).ConfigureAwait(false);
            }

            if (response.EffectiveStatus is not (400 or 404))
            {
                AtlasCloudLog.Verbose($"{known.Id} was not found, and the older endpoint did not return it either. Polling again.");
                return null;
            }
        }

        // The history can have a record that the other paths have lost.
        (Prediction? found, bool isAnswered) = await new HistoryReader(http).FindAsync(known, cancellationToken).ConfigureAwait(false);
        if (found is not null || !isAnswered)
        {
            return found is null ? null : await RecordAsync(HistoryReader.RequireOutputs(found.MergeWith(known)), known).ConfigureAwait(false);
        }

        await (records?.RecordMissingAsync(known) ?? Task.CompletedTask).ConfigureAwait(false);
        throw PredictionErrors.NotFound(notFound, known);
    }

    // During an incident the balance endpoint can fail too: only a 401 from it means that the key is refused.
    private async Task<bool> IsKeyRefusedAsync(CancellationToken cancellationToken)
    {
        ApiCall call = new(HttpMethod.Get, http.Billing("balance"), "the balance") { RetryPolicy = RetryPolicy.Never };
        ApiResponse response = await http.SendAsync(call, cancellationToken).ConfigureAwait(false);
        return response.EffectiveStatus == 401;
    }

    private Task<ApiResponse> RequestAsync(string path, Prediction known, RetryPolicy retryPolicy, CancellationToken cancellationToken) =>
        http.SendAsync(
            new ApiCall(HttpMethod.Get, http.Media(path), Describe(known)) { RetryPolicy = retryPolicy, MaxResponseBytes = HttpPipeline.MaxMediaResponseBytes },
            cancellationToken);

    private static string Describe(Prediction known) => $"the status of prediction {known.Id}";
}
