using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Nodes;
using AtlasCloud.Costs;
using AtlasCloud.Http;
using AtlasCloud.Json;
using AtlasCloud.Logging;
using AtlasCloud.Predictions;
using AtlasCloud.Text;

namespace AtlasCloud.Submission;

/// <summary>Sends the one request that costs money, once, and says honestly what is known about it afterwards.</summary>
internal sealed class PredictionSubmitter(HttpPipeline http, SubmitConcurrencyLimiter gate, PredictionRecords records, TimeProvider clock)
{
    private static readonly TimeSpan[] s_looks = [TimeSpan.FromSeconds(0.5), TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(5)];

    private readonly TaskRecovery _lost = new(http);

    /// <summary>Submits a body that has been checked.</summary>
    /// <param name="kind">The endpoint.</param>
    /// <param name="makes">What the model makes.</param>
    /// <param name="body">The whole body.</param>
    /// <param name="request">Where it came from.</param>
    /// <param name="cancellationToken">From here on nothing new is sent.</param>
    /// <param name="onTheWire">Ends a request that has been sent: later than the other, so that its id can still arrive.</param>
    /// <param name="reservation">What is set aside for it; hears when the request leaves.</param>
    /// <param name="quote">What it would cost, where that was asked.</param>
    /// <exception cref="AtlasCloudException">It was refused, failed at once, or its outcome is not known.</exception>
    internal async Task<Prediction> SubmitAsync(
        GenerationKind kind, ModelKind makes, JsonObject body, GenerationRequest request, CancellationToken cancellationToken, CancellationToken onTheWire,
        BudgetReservation? reservation = null, Quote? quote = null)
    {
        string model = body["model"]!.GetValue<string>();
        byte[] content = JsonSerializer.SerializeToUtf8Bytes(body, AtlasJson.Default.JsonObject);
        bool hasLeft = false;
        SubmitRecord? record = null;
        ApiCall call = new(HttpMethod.Post, http.Media($"model/generate{kind}"), $"the submit to {model}")
        {
            Content = () =>
            {
                hasLeft = true;
                reservation?.MarkSent();
                return new ByteArrayContent(content) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } };
            },
            RetryPolicy = RetryPolicy.OnlyIfNotAccepted,
            MaxResponseBytes = HttpPipeline.MaxMediaResponseBytes,
            InFlightToken = onTheWire,
            Headers = request.OutputExpiration is TimeSpan life
                ? [KeyValuePair.Create("X-AtlasCloud-Object-Expiration-Hours", ((int)Math.Ceiling(life.TotalHours)).ToString(System.Globalization.CultureInfo.InvariantCulture))]
                : [],
        };
        DateTimeOffset sent = clock.GetUtcNow();
        long sentTimestamp = clock.GetTimestamp();
        try
        {
            ApiResponse reply = await gate.RunAsync(
                async () =>
                {
                    // Written before the first byte leaves, and no earlier: what still waits for its turn was never sent.
                    record ??= await records.RecordIntentAsync(makes, body, request, quote, cancellationToken).ConfigureAwait(false);
                    (sent, sentTimestamp) = hasLeft ? (sent, sentTimestamp) : (clock.GetUtcNow(), clock.GetTimestamp());
                    ApiResponse answer = await SendAsync(call, model, sent, cancellationToken).ConfigureAwait(false);

                    // Refused without having been looked at: if it is stopped before the next try, nothing is open.
                    hasLeft = (int)answer.Status is not (402 or 429);
                    return answer;
                },
                cancellationToken).ConfigureAwait(false);
            Prediction prediction = Read(reply, call, model, makes, sent) with { RequestId = reply.RequestId };
            return await AcceptAsync(prediction).ConfigureAwait(false);
        }
        catch (AtlasCloudException exception) when (exception.Kind == AtlasCloudErrorKind.SubmitOutcomeUnknown && record is not null)
        {
            await records.RecordUnknownAsync(record, sent, exception.Message).ConfigureAwait(false);
            Prediction? found = await FindAsync(record, sent, cancellationToken).ConfigureAwait(false);
            if (found is null)
            {
                records.Forget(record);
                throw Unknown(exception, record);
            }

            AtlasCloudLog.Verbose($"The answer to a submit to {model} was lost. Prediction {found.Id} in the history is what came of it.");
            return await AcceptAsync(found).ConfigureAwait(false);
        }
        catch (AtlasCloudException exception) when (record is not null && exception.Target is not Prediction)
        {
            await records.RecordRefusedAsync(record, exception.Message).ConfigureAwait(false);
            throw;
        }
        catch (OperationCanceledException) when (record is not null)
        {
            await (hasLeft
                ? records.RecordUnknownAsync(record, sent, "The command was stopped while the request was on the wire.")
                : records.RecordRefusedAsync(record, "It was stopped before it was sent.")).ConfigureAwait(false);
            records.Forget(record);
            throw;
        }

        async Task<Prediction> AcceptAsync(Prediction answer)
        {
            Prediction prediction = await records.RecordAcceptedAsync(record!, answer with
            {
                Model = answer.Model ?? model,
                Kind = makes,
                Label = request.Label,
                Request = JsonValues.DictionaryOf(JsonSerializer.SerializeToElement(body, AtlasJson.Default.JsonObject), _ => true, exact: true),
                SubmittedAt = sent,
                SubmittedTimestamp = sentTimestamp,
            }).ConfigureAwait(false);
            AtlasCloudLog.Verbose($"Submitted to {model}: {prediction.Id} is '{prediction.Status}'.");
            return PredictionErrors.Find(prediction) is AtlasCloudException failure ? throw failure : prediction;
        }
    }

    private async Task<ApiResponse> SendAsync(ApiCall call, string model, DateTimeOffset sent, CancellationToken cancellationToken)
    {
        try
        {
            return await http.SendAsync(call, cancellationToken).ConfigureAwait(false);
        }
        catch (AtlasCloudException exception) when (
            exception.Kind is AtlasCloudErrorKind.ConnectionFailed or AtlasCloudErrorKind.RequestTimedOut or AtlasCloudErrorKind.UnexpectedReply && !exception.IsNotSent)
        {
            throw OutcomeUnknown(model, sent, exception.Message, null, exception);
        }
        catch (AtlasCloudException exception) when (exception.Kind is AtlasCloudErrorKind.ConnectionFailed)
        {
            throw new AtlasCloudException(exception.Kind, $"{exception.Message} Nothing was submitted.", exception);
        }
    }

    // The history is behind by a little, so one look may be too early.
    private async Task<Prediction?> FindAsync(SubmitRecord record, DateTimeOffset sent, CancellationToken cancellationToken)
    {
        try
        {
            foreach (TimeSpan wait in s_looks)
            {
                await Task.Delay(wait, clock, cancellationToken).ConfigureAwait(false);
                IReadOnlyList<(string Digest, Prediction Task)> tasks = await _lost.ListAsync(record.Model, sent, cancellationToken).ConfigureAwait(false);
                Prediction[] fits = [.. tasks.Where(t => t.Digest == record.Digest && TaskRecovery.Fits(t.Task, sent) && !records.IsOwn(t.Task)).Select(t => t.Task)];
                if (fits.Length > 0)
                {
                    // Which of several it is, nobody can tell; a guess could lose the other.
                    return fits.Length == 1 && !await records.IsClaimedAsync(fits[0], record.Digest, record, record.JournalId).ConfigureAwait(false) ? fits[0] : null;
                }
            }
        }
        catch (AtlasCloudException exception)
        {
            AtlasCloudLog.Verbose($"The history could not be searched for it: {exception.Message}");
        }
        catch (OperationCanceledException)
        {
            // Stopped: the journal keeps it for the next time.
        }

        return null;
    }

    private Prediction Read(ApiResponse reply, ApiCall call, string model, ModelKind makes, DateTimeOffset sent)
    {
        // A gateway's word is not the service's: behind it the task may have been created.
        int status = reply.IsSuccessStatus ? (reply.Json is JsonElement body ? ResponseEnvelope.FailureCode(body) : null) ?? 200 : (int)reply.Status;

        // Nor does "internal error" say that nothing was created; a body that names a task says that one was.
        bool isFault = status is 500 or 502 or 504 || (status >= 500 && reply.Json is null);
        if (isFault && reply.Json?.Member("data")?.Text("id") is null)
        {
            string words = SafeText.Sanitize(ResponseErrors.Words(reply), http.Key, 200);
            throw OutcomeUnknown(model, sent, $"The answer was HTTP {status} (\"{words}\").", reply, null);
        }

        if (!isFault)
        {
            ResponseErrors.ThrowIfFailed(reply, call.Description, http.Key);
        }

        Prediction? prediction = ReadBody(reply, model, makes, sent);
        if (prediction is null || (prediction.Id.Length == 0 && !prediction.IsFinished))
        {
            throw OutcomeUnknown(model, sent, "The service accepted it but its answer names no id.", reply, null);
        }

        return prediction;
    }

    private static Prediction? ReadBody(ApiResponse reply, string model, ModelKind makes, DateTimeOffset sent)
    {
        try
        {
            return reply.Json is JsonElement json ? PredictionReader.Read(json, kind: makes) : null;
        }
        catch (AtlasCloudException exception)
        {
            throw OutcomeUnknown(model, sent, exception.Message, reply, exception);
        }
    }

    private static AtlasCloudException Unknown(AtlasCloudException exception, SubmitRecord record) => record.Entry is not JournalEntry entry
        ? exception
        : new AtlasCloudException(exception.Kind, exception.Message, exception)
        {
            Status = exception.Status,
            RequestId = exception.RequestId,
            Target = entry,
            RecommendedAction = "It is in the journal: Get-AtlasPrediction -Pending looks for it again and collects it if it is there.",
        };

    private static AtlasCloudException OutcomeUnknown(string model, DateTimeOffset sent, string why, ApiResponse? reply, Exception? inner) =>
        new(
            AtlasCloudErrorKind.SubmitOutcomeUnknown,
            $"The request to {model} was sent at {sent:u} and what became of it is not known: {why} It may run and be charged, so it is not sent again.",
            inner)
        {
            Status = reply?.Status,
            RequestId = reply?.RequestId,
            Target = model,
            RecommendedAction = $"Look for it with: Get-AtlasPrediction -History -Model {model}",
        };
}
