using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using AtlasCloud.Http;
using AtlasCloud.Journal;
using AtlasCloud.Json;
using AtlasCloud.Predictions;
using AtlasCloud.Requests;

namespace AtlasCloud.Submission;

/// <summary>
/// Submits one request: records the intent, sends it once, and records what is known afterwards. Used once.
/// </summary>
/// <param name="submitter">What all attempts share.</param>
/// <param name="prepared">The request.</param>
/// <param name="cost">Its reserved cost; null if it was not priced.</param>
/// <param name="condition">Must hold when the intent is recorded; null if there is none.</param>
internal sealed class SubmitAttempt(PredictionSubmitter submitter, PreparedRequest prepared, ReservedCost? cost, JournalCondition? condition)
{
    private readonly byte[] _content = JsonBody.Serialize(prepared.Body);
    private readonly PredictionRecords _records = submitter.Records;
    private readonly TimeProvider _clock = submitter.Clock;
    private SubmitRecord? _record;
    private DateTimeOffset _sentAt;
    private long _sentTimestamp;
    private bool _isSent;
    private (ApiResponse Response, SubmitReply Reply)? _judged;

    private string Model => prepared.ModelId;

    /// <summary>Submits the request.</summary>
    /// <param name="cancellationToken">Once canceled, nothing new is sent.</param>
    /// <param name="inFlightToken">Cancels a request in flight. It may come later than the other token, so that the ID can still arrive.</param>
    /// <returns>The accepted prediction.</returns>
    /// <exception cref="AtlasCloudException">The request was refused, failed at once, or its outcome is unknown.</exception>
    internal async Task<Prediction> RunAsync(CancellationToken cancellationToken, CancellationToken inFlightToken)
    {
        (_sentAt, _sentTimestamp) = (_clock.GetUtcNow(), _clock.GetTimestamp());
        ApiCall call = CreateCall(inFlightToken);
        try
        {
            ApiResponse response = await submitter.Limiter.RunAsync(() => SendAsync(call, cancellationToken), cancellationToken).ConfigureAwait(false);
            Prediction prediction = ReadPrediction(response, call) with { RequestId = response.RequestId };
            if (prediction.Id.Length > 0 && !await _records.TryClaimAsync(prediction.Id).ConfigureAwait(false))
            {
                throw SubmissionErrors.OutcomeUnknown(Model, _sentAt, $"The response contains the ID {prediction.Id}, which belongs to another request.", response, null);
            }

            return await AcceptAsync(prediction).ConfigureAwait(false);
        }
        catch (AtlasCloudException exception) when (exception.Kind == AtlasCloudErrorKind.SubmitOutcomeUnknown && _record is not null)
        {
            return await RecoverAsync(exception, _record, cancellationToken).ConfigureAwait(false);
        }
        catch (AtlasCloudException exception) when (_record is not null && exception.Target is not Prediction)
        {
            await _records.RecordRefusedAsync(_record, exception.Message).ConfigureAwait(false);
            throw;
        }
        catch (OperationCanceledException) when (_record is not null)
        {
            await RecordStopAsync(_record).ConfigureAwait(false);
            throw;
        }
    }

    private ApiCall CreateCall(CancellationToken inFlightToken) => new(HttpMethod.Post, submitter.Http.Media($"model/generate{prepared.Kind}"), $"a prediction from {Model}")
    {
        Content = () =>
        {
            // The last attempt counts: the task of a request that was accepted after minutes of 429 is as old as that attempt.
            (_sentAt, _sentTimestamp, _isSent) = (_clock.GetUtcNow(), _clock.GetTimestamp(), true);
            _record!.SentAt = _sentAt;
            cost?.Reservation.MarkSent();
            return JsonBody.Create(_content);
        },
        AttemptEnded = (response, exception) =>
        {
            // Refused unseen, or not sent: if the attempt is canceled before the next try, nothing is open.
            if (((int?)response?.Status is 402 or 429 && Judge(response).Verdict == SubmitVerdict.Refused) || exception is AtlasCloudException { IsNotSent: true })
            {
                _isSent = false;
                cost?.Reservation.MarkNotSent();
            }
        },
        RetryPolicy = RetryPolicy.OnlyIfNotAccepted,
        IsRefusal = response => Judge(response).Verdict == SubmitVerdict.Refused,
        MaxResponseBytes = HttpPipeline.MaxMediaResponseBytes,
        InFlightToken = inFlightToken,
        Headers = prepared.Request.OutputExpiration is TimeSpan lifetime
            ? [KeyValuePair.Create("X-AtlasCloud-Object-Expiration-Hours", ((int)Math.Ceiling(lifetime.TotalHours)).ToString(CultureInfo.InvariantCulture))]
            : [],
    };

    private async Task<ApiResponse> SendAsync(ApiCall call, CancellationToken cancellationToken)
    {
        // Recorded right before the first byte leaves: a request that still waits for its turn was never sent.
        _record ??= await _records.RecordIntentAsync(CreateIntent(), condition, cancellationToken).ConfigureAwait(false);
        try
        {
            return await submitter.Http.SendAsync(call, cancellationToken).ConfigureAwait(false);
        }
        catch (AtlasCloudException exception) when (exception.Kind == AtlasCloudErrorKind.ConnectionFailed && exception.IsNotSent)
        {
            throw exception.With(message: $"{exception.Message} Nothing was submitted.");
        }
        catch (AtlasCloudException exception) when (
            exception.Kind is AtlasCloudErrorKind.ConnectionFailed or AtlasCloudErrorKind.RequestTimedOut or AtlasCloudErrorKind.UnexpectedReply)
        {
            throw SubmissionErrors.OutcomeUnknown(Model, _sentAt, exception.Message, null, exception);
        }
    }

    private JournalIntent CreateIntent() => new(Model, RequestDigest.Compute(prepared.Body))
    {
        ReuseDigest = prepared.ReuseDigest,
        Kind = prepared.Generates,
        Label = prepared.Request.Label,
        Prompt = prepared.Request.Prompt ?? FindPrompt(),
        Request = CreateRecordedRequest(),
        QuotedPrice = cost?.Quote?.Price,
        Currency = cost?.Quote?.Currency,
    };

    private string? FindPrompt() =>
        CommonInputs.GetNames(CommonInput.Prompt).Select(n => prepared.Body[n]).OfType<JsonValue>().FirstOrDefault(v => v.GetValueKind() == JsonValueKind.String)?.GetValue<string>();

    private JsonObject? CreateRecordedRequest()
    {
        if (!_records.RecordsPrompts)
        {
            return null;
        }

        JsonObject recorded = [];
        RecordedRequest.AddTo(recorded, prepared.Body, prepared.Uploads, submitter.Http.Key);
        return recorded;
    }

    private Prediction ReadPrediction(ApiResponse response, ApiCall call)
    {
        SubmitReply reply = Judge(response);
        return reply.Verdict switch
        {
            SubmitVerdict.Accepted => reply.Prediction!,
            SubmitVerdict.Refused => throw AssetOnlyModels.Explain(ResponseErrors.Find(response, call.Description, submitter.Http.Key)!, prepared.Body),
            _ => throw SubmissionErrors.OutcomeUnknown(Model, _sentAt, reply.Doubt!, response, null),
        };
    }

    // Needed before a retry and after it, and outputs in a response can be large.
    private SubmitReply Judge(ApiResponse response)
    {
        if (!ReferenceEquals(_judged?.Response, response))
        {
            _judged = (response, SubmitReply.Read(response, prepared.Generates));
        }

        return _judged!.Value.Reply;
    }

    private async Task<Prediction> AcceptAsync(Prediction answer)
    {
        // Outputs can appear after the status, so a completed prediction without any is polled.
        bool awaitsOutputs = answer.NeedsSecondLook && PredictionReader.GetState(answer.Status) == PredictionState.Succeeded && answer.Id.Length > 0;
        Prediction prediction = await _records.RecordAcceptedAsync(_record!, answer with
        {
            State = awaitsOutputs ? PredictionState.InFlight : answer.State,
            Error = awaitsOutputs ? null : answer.Error,
            Model = answer.Model ?? Model,
            Kind = prepared.Generates,
            Label = prepared.Request.Label,
            Row = prepared.Request.Row,
            Source = prepared.Request.SourceName,
            Request = JsonValues.ToDictionary(JsonText.ToElement(prepared.Body), _ => true, exact: true),
            Uploads = prepared.Uploads,
            SubmittedAt = _sentAt,
            SubmittedTimestamp = _sentTimestamp,
            AverageRunTime = prepared.Model?.AverageRunTime,
        }).ConfigureAwait(false);
        AtlasCloudLog.Verbose($"Submitted to {Model}: {prediction.Id} is '{prediction.Status}'.");
        return PredictionErrors.Find(prediction) is AtlasCloudException failure ? throw failure : prediction;
    }

    private async Task<Prediction> RecoverAsync(AtlasCloudException exception, SubmitRecord record, CancellationToken cancellationToken)
    {
        await _records.RecordUnknownAsync(record, _sentAt, exception.Message).ConfigureAwait(false);
        if (await submitter.Recovery.FindAsync(record, cancellationToken).ConfigureAwait(false) is Prediction found)
        {
            AtlasCloudLog.Verbose($"The response to a submit to {Model} was lost. Prediction {found.Id} in the history is its task.");
            return await AcceptAsync(found).ConfigureAwait(false);
        }

        if (record.ClockOffset is null && submitter.Http.ServiceClock.Offset is not null)
        {
            // The search measured the clock, without which a later search does not know the time of the request.
            await _records.RecordUnknownAsync(record, _sentAt, exception.Message).ConfigureAwait(false);
        }

        _records.Forget(record);
        throw record.Entry is JournalEntry entry ? exception.With(reason: AtlasCloudErrorReason.OutcomeUnknownInJournal, target: entry) : exception;
    }

    private async Task RecordStopAsync(SubmitRecord record)
    {
        await (_isSent
            ? _records.RecordUnknownAsync(record, _sentAt, "The submit was canceled while the request was in flight.")
            : _records.RecordRefusedAsync(record, "The submit was canceled before the request was sent.")).ConfigureAwait(false);
        _records.Forget(record);
    }
}
