using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;
using AtlasCloud.Http;
using AtlasCloud.Json;
using AtlasCloud.Models;
using AtlasCloud.Predictions;
using AtlasCloud.Text;
using AtlasCloud.Webhooks;

namespace AtlasCloud;

/// <summary>What the service reports by itself when a task has ended. Anybody can send such a report, so each is checked.</summary>
public sealed class WebhookResource
{
    /// <summary>How far the time of a delivery may be from now, unless something else is asked for.</summary>
    public static readonly TimeSpan DefaultTolerance = TimeSpan.FromMinutes(5);

    /// <summary>Far more than any report, pictures as text in it included.</summary>
    internal const int LargestBody = 32 * 1024 * 1024;

    private readonly WebhookKeys _keys;
    private readonly TimeProvider _clock;

    internal WebhookResource(HttpPipeline http, TimeProvider clock) => (_keys, _clock) = (new WebhookKeys(http, clock), clock);

    /// <summary>Checks that a delivery was signed by the service and is new. Needs no key; the service's public keys are read and kept.</summary>
    /// <param name="headers">The headers of the delivery, one entry for each value. The case of names does not matter.</param>
    /// <param name="body">The bytes of the body as they came: what was parsed and written again is not what was signed.</param>
    /// <param name="tolerance">How far the time of the delivery may be from now, either way; <see cref="DefaultTolerance"/> where it is left out.</param>
    /// <param name="cancellationToken">Ends the reading of keys.</param>
    /// <returns>The prediction, finished, as the service reports it. Deliveries repeat; its id tells which are the same.</returns>
    /// <exception cref="AtlasCloudException">WebhookRejected, with the check that failed; or the keys could not be read, and nothing is known about the delivery.</exception>
    public async Task<Prediction> VerifyAsync(
        IEnumerable<KeyValuePair<string, string>> headers, ReadOnlyMemory<byte> body, TimeSpan? tolerance = null, CancellationToken cancellationToken = default)
    {
        // All that costs nothing comes first: a stranger must not make this client ask the service.
        WebhookHeaders signed = WebhookHeaders.Read(headers);
        CheckAge(signed.Time, tolerance ?? DefaultTolerance);
        if (body.Length is 0 or > LargestBody)
        {
            throw Rejected("body", body.Length == 0 ? "It is empty." : $"It is longer than {LargestBody / (1024 * 1024)} MB.");
        }

        byte[] key = await _keys.FindAsync(signed.KeyId, cancellationToken).ConfigureAwait(false)
            ?? throw Rejected("key", $"The service has no key '{SafeText.Sanitize(signed.KeyId, length: 80)}'.");
        byte[] message = [.. Encoding.ASCII.GetBytes(signed.Timestamp + "."), .. body.Span];
        return Ed25519.Verify(key, message, signed.Signature)
            ? Read(body)
            : throw Rejected("signature", "It does not fit the body and the time: something was changed, or the body is not as it came.");
    }

    internal static AtlasCloudException Rejected(string check, string why) =>
        new(AtlasCloudErrorKind.WebhookRejected, $"The webhook delivery is not to be trusted ({check}). {why}");

    private void CheckAge(DateTimeOffset time, TimeSpan tolerance)
    {
        TimeSpan age = _clock.GetUtcNow() - time;
        if (age.Duration() > tolerance)
        {
            string off = age.Duration().ToString(@"d\.hh\:mm\:ss", CultureInfo.InvariantCulture);
            throw Rejected("age", $"Its time is {off} {(age > TimeSpan.Zero ? "ago" : "ahead")}, and {tolerance} is allowed.");
        }
    }

    // From here on the words are the service's own. They are read with care all the same: its shapes vary.
    private static Prediction Read(ReadOnlyMemory<byte> body)
    {
        if (new ApiResponse(HttpStatusCode.OK, body.ToArray()).Json is not JsonElement { ValueKind: JsonValueKind.Object } report)
        {
            throw Rejected("body", "It is signed, but is no JSON object.");
        }

        string? id = report.Text("session_id");
        JsonElement payload = report.Member("payload") ?? report;
        ModelKind kind = ModelKinds.GuessFromName(payload.Text("model"));
        Prediction prediction = PredictionReader.Read(payload, null, kind == ModelKind.Unknown ? KindOf(report.Text("event_type")) : kind)
            ?? throw Rejected("body", "It is signed, but speaks of no prediction.");
        prediction = prediction.Id.Length == 0 && PredictionId.IsValid(id) ? prediction with { Id = id! } : prediction;
        return prediction.Id.Length > 0 && (id is null || id == prediction.Id)
            ? prediction
            : throw Rejected("body", "It is signed, but its ids do not agree.");
    }

    // What the outer status says is not asked: it can be OK for a task that failed.
    private static ModelKind KindOf(string? eventType) => eventType?.Split('.')[0] switch
    {
        "image" => ModelKind.Image,
        "video" => ModelKind.Video,
        "audio" => ModelKind.Speech,
        _ => ModelKind.Unknown,
    };
}
