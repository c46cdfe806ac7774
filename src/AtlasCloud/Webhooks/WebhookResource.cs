using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;
using AtlasCloud.Http;
using AtlasCloud.Json;
using AtlasCloud.Predictions;
using AtlasCloud.Text;
using AtlasCloud.Webhooks;

namespace AtlasCloud;

/// <summary>Verifies webhook deliveries, which the service sends when a task has ended (API reference, section 10).</summary>
public sealed class WebhookResource
{
    /// <summary>The default tolerance for the time of a delivery: 5 minutes.</summary>
    public static readonly TimeSpan DefaultTolerance = TimeSpan.FromMinutes(5);

    /// <summary>The maximum size of a body: 1 MiB. Larger ones are rejected before they are verified.</summary>
    internal const int MaxBodyBytes = 1024 * 1024;

    private readonly HttpPipeline _http;
    private readonly WebhookKeys _keys;
    private readonly TimeProvider _clock;

    internal WebhookResource(HttpPipeline http, TimeProvider clock) => (_http, _keys, _clock) = (http, new WebhookKeys(http, clock), clock);

    /// <summary>Verifies that the service signed a delivery recently. Needs no API key; the service's public keys are cached for an hour.</summary>
    /// <param name="headers">The headers of the delivery, one entry per value. The case of names is ignored.</param>
    /// <param name="body">The raw bytes of the body. A body that was parsed and serialized again does not match its signature.</param>
    /// <param name="tolerance">The maximum difference between the time of the delivery and now, in both directions. Default: <see cref="DefaultTolerance"/>.</param>
    /// <param name="cancellationToken">Cancels the request for the keys.</param>
    /// <returns>The finished prediction that the delivery reports. The service may repeat deliveries; compare the ID of the prediction.</returns>
    /// <exception cref="AtlasCloudException">
    /// WebhookRejected: the delivery is not trustworthy; Input names the check that failed (header, age, body, key, signature). Any other kind,
    /// with reason WebhookKeysUnavailable: the keys could not be read, and nothing is known about the delivery.
    /// </exception>
    public async Task<Prediction> VerifyAsync(
        IEnumerable<KeyValuePair<string, string>> headers, ReadOnlyMemory<byte> body, TimeSpan? tolerance = null, CancellationToken cancellationToken = default)
    {
        // Local checks come first, so that a forged delivery does not cause a request.
        WebhookHeaders signed = WebhookHeaders.Read(headers);
        EnsureRecent(signed.Time, tolerance ?? DefaultTolerance);
        if (body.Length is 0 or > MaxBodyBytes)
        {
            throw WebhookErrors.BadBody(body.Length == 0 ? "The body is empty." : $"The body is larger than {MaxBodyBytes / (1024 * 1024)} MiB.");
        }

        IReadOnlyList<byte[]> keys = await _keys.FindAsync(signed.KeyId, cancellationToken).ConfigureAwait(false);
        if (keys.Count == 0)
        {
            throw WebhookErrors.UnknownKey(signed.KeyId);
        }

        byte[] message = [.. Encoding.ASCII.GetBytes(signed.Timestamp + "."), .. body.Span];
        return keys.Any(key => Ed25519.Verify(key, message, signed.Signature))
            ? ReadPrediction(body)
            : throw WebhookErrors.BadSignature("The signature does not match the body and timestamp: the body was modified, or is not the raw request body.");
    }

    private void EnsureRecent(DateTimeOffset time, TimeSpan tolerance)
    {
        TimeSpan age = _clock.GetUtcNow() - time;
        if (age.Duration() > tolerance)
        {
            string difference = age.Duration().ToString(@"d\.hh\:mm\:ss", CultureInfo.InvariantCulture);
            throw WebhookErrors.WrongAge($"Its timestamp is {difference} in the {(age > TimeSpan.Zero ? "past" : "future")}; the maximum is {tolerance}.");
        }
    }

    // The body is the service's own from here on. It is read leniently nevertheless, since its shape varies.
    private Prediction ReadPrediction(ReadOnlyMemory<byte> body)
    {
        if (new ApiResponse(HttpStatusCode.OK, body.ToArray(), key: _http.Key).Json is not JsonElement { ValueKind: JsonValueKind.Object } report)
        {
            throw WebhookErrors.BadBody("The body is signed, but is not a JSON object.");
        }

        string? id = report.Text("session_id");
        JsonElement payload = report.Member("payload") ?? report;
        ModelKind kind = ModelKinds.GuessFromId(payload.Text("model"));
        Prediction prediction = PredictionReader.Read(payload, null, kind == ModelKind.Unknown ? GuessKind(report.Text("event_type")) : kind)
            ?? throw WebhookErrors.BadBody("The body is signed, but contains no prediction.");
        prediction = prediction.Id.Length == 0 && PredictionId.IsValid(id) ? prediction with { Id = id! } : prediction;
        if (prediction.Id.Length == 0)
        {
            throw WebhookErrors.BadBody("The body is signed, but contains no valid prediction ID.");
        }

        return id is null || id == prediction.Id
            ? prediction
            : throw WebhookErrors.BadBody("The body is signed, but session_id and the prediction in it have different IDs.");
    }

    // The outer status is ignored: it can be OK for a task that failed.
    private static ModelKind GuessKind(string? eventType) => eventType?.Split('.')[0] switch
    {
        "image" => ModelKind.Image,
        "video" => ModelKind.Video,
        "audio" => ModelKind.Speech,
        _ => ModelKind.Unknown,
    };
}
