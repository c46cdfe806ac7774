using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Nodes;
using AtlasCloud.Http;

namespace AtlasCloud;

/// <summary>Sends the one request that costs money, once, and says honestly what is known about it afterwards.</summary>
internal sealed class PredictionSubmitter(HttpPipeline http, SubmitGate gate, TimeProvider clock)
{
    /// <summary>Submits a body that has been checked.</summary>
    /// <param name="kind">The endpoint.</param>
    /// <param name="makes">What the model makes.</param>
    /// <param name="body">The whole body.</param>
    /// <param name="request">Where it came from.</param>
    /// <param name="cancellationToken">From here on nothing new is sent.</param>
    /// <param name="onTheWire">Ends a request that has been sent: later than the other, so that its id can still arrive.</param>
    /// <param name="reservation">What is set aside for it; hears when the request leaves.</param>
    /// <exception cref="AtlasCloudException">It was refused, failed at once, or its outcome is not known.</exception>
    internal async Task<Prediction> SubmitAsync(
        GenerationKind kind, ModelKind makes, JsonObject body, GenerationRequest request, CancellationToken cancellationToken, CancellationToken onTheWire,
        Reservation? reservation = null)
    {
        string model = body["model"]!.GetValue<string>();
        byte[] content = JsonSerializer.SerializeToUtf8Bytes(body, AtlasJson.Default.JsonObject);
        Call call = new(HttpMethod.Post, http.Media($"model/generate{kind}"), $"the submit to {model}")
        {
            Content = () =>
            {
                reservation?.Send();
                return new ByteArrayContent(content) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } };
            },
            Repeat = Repeat.WhenNotAccepted,
            LargestReply = HttpPipeline.LargestWithMedia,
            OnTheWire = onTheWire,
            Headers = request.OutputExpiration is TimeSpan life
                ? [KeyValuePair.Create("X-AtlasCloud-Object-Expiration-Hours", ((int)Math.Ceiling(life.TotalHours)).ToString(System.Globalization.CultureInfo.InvariantCulture))]
                : [],
        };
        DateTimeOffset sent = clock.GetUtcNow();
        HttpReply reply = await SendAsync(call, model, sent, cancellationToken).ConfigureAwait(false);
        Prediction prediction = Read(reply, call, model, makes, sent) with
        {
            Label = request.Label,
            Request = JsonPlain.DictionaryOf(JsonSerializer.SerializeToElement(body, AtlasJson.Default.JsonObject), _ => true, exact: true),
            SubmittedAt = sent,
            RequestId = reply.RequestId,
        };
        Diagnostics.Verbose($"Submitted to {model}: {prediction.Id} is '{prediction.Status}'.");
        return PredictionFailure.Find(prediction) is AtlasCloudException failure ? throw failure : prediction;
    }

    private async Task<HttpReply> SendAsync(Call call, string model, DateTimeOffset sent, CancellationToken cancellationToken)
    {
        try
        {
            return await gate.PassAsync(() => http.SendAsync(call, cancellationToken), cancellationToken).ConfigureAwait(false);
        }
        catch (AtlasCloudException exception) when (
            exception.Kind is AtlasCloudErrorKind.ConnectionFailed or AtlasCloudErrorKind.RequestTimedOut or AtlasCloudErrorKind.UnexpectedReply && !TransportErrors.NothingSent(exception))
        {
            throw OutcomeUnknown(model, sent, exception.Message, null, exception);
        }
        catch (AtlasCloudException exception) when (exception.Kind is AtlasCloudErrorKind.ConnectionFailed)
        {
            throw new AtlasCloudException(exception.Kind, $"{exception.Message} Nothing was submitted.", exception);
        }
    }

    private Prediction Read(HttpReply reply, Call call, string model, ModelKind makes, DateTimeOffset sent)
    {
        // A gateway's word is not the service's: behind it the task may have been created.
        int status = reply.IsSuccessStatus ? (reply.Json is JsonElement body ? ReplyEnvelope.FailureCode(body) : null) ?? 200 : (int)reply.Status;
        bool isGateway = status is 502 or 504 || (status >= 500 && reply.Json is null);
        if (isGateway)
        {
            string words = SafeText.Show(ReplyErrors.Words(reply), http.Key, 200);
            throw OutcomeUnknown(model, sent, $"The answer was HTTP {status} (\"{words}\").", reply, null);
        }

        ReplyErrors.ThrowIfFailed(reply, call.What, http.Key);
        Prediction? prediction = ReadBody(reply, model, makes, sent);
        if (prediction is null || (prediction.Id.Length == 0 && !prediction.IsFinished))
        {
            throw OutcomeUnknown(model, sent, "The service accepted it but its answer names no id.", reply, null);
        }

        return prediction with { Model = prediction.Model ?? model, Kind = makes };
    }

    private static Prediction? ReadBody(HttpReply reply, string model, ModelKind makes, DateTimeOffset sent)
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

    private static AtlasCloudException OutcomeUnknown(string model, DateTimeOffset sent, string why, HttpReply? reply, Exception? inner) =>
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
