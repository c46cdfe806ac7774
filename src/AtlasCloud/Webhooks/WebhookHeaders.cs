using System.Globalization;

namespace AtlasCloud.Webhooks;

/// <summary>The headers of a delivery that are needed to verify it. All others, including ID and event, are unsigned and ignored.</summary>
/// <param name="Timestamp">The time as it was sent, which is part of the signed message.</param>
/// <param name="Time">The time.</param>
/// <param name="KeyId">The ID of the key that signed the delivery.</param>
/// <param name="Signature">The signature.</param>
internal sealed record WebhookHeaders(string Timestamp, DateTimeOffset Time, string KeyId, byte[] Signature)
{
    private const string Prefix = "X-AtlasCloud-Webhook-";
    private const int MaxKeyIdLength = 200;
    private const int MaxTimestampLength = 11;

    /// <summary>Reads the headers.</summary>
    /// <exception cref="AtlasCloudException">WebhookRejected: a header is missing, duplicated or malformed.</exception>
    internal static WebhookHeaders Read(IEnumerable<KeyValuePair<string, string>> headers)
    {
        Dictionary<string, string> found = new(StringComparer.OrdinalIgnoreCase);
        foreach ((string name, string value) in headers)
        {
            if (name.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase) && !found.TryAdd(name, value))
            {
                throw WebhookErrors.DuplicateHeader(name);
            }
        }

        string timestamp = GetRequired(found, "Timestamp");
        string keyId = GetRequired(found, "Key-Id");
        string signature = GetRequired(found, "Signature-Ed25519");
        if (timestamp.Length > MaxTimestampLength || !long.TryParse(timestamp, NumberStyles.None, CultureInfo.InvariantCulture, out long seconds))
        {
            throw WebhookErrors.BadHeader($"{Prefix}Timestamp is not a time in Unix seconds.");
        }

        return keyId.Length > MaxKeyIdLength
            ? throw WebhookErrors.BadHeader($"{Prefix}Key-Id is too long.")
            : new WebhookHeaders(
                timestamp,
                DateTimeOffset.FromUnixTimeSeconds(seconds),
                keyId,
                Base64Url.Decode(signature, Ed25519.SignatureLength) ?? throw WebhookErrors.BadSignature($"{Prefix}Signature-Ed25519 is not a base64url signature of {Ed25519.SignatureLength} bytes."));
    }

    private static string GetRequired(Dictionary<string, string> headers, string name) =>
        headers.TryGetValue(Prefix + name, out string? value) && value.Length > 0
            ? value
            : throw WebhookErrors.BadHeader($"The header {Prefix}{name} is missing.");
}
