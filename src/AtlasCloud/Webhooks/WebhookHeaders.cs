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
    private const int MaxKeyIdLength = 512;
    private const int MaxTimestampLength = 12;
    private const long MaxSeconds = 253_402_300_799;

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
        byte[] signature = ReadSignature(found);
        if (timestamp.Length > MaxTimestampLength || !long.TryParse(timestamp, NumberStyles.None, CultureInfo.InvariantCulture, out long seconds) || seconds > MaxSeconds)
        {
            throw WebhookErrors.BadHeader($"{Prefix}Timestamp is not a time in Unix seconds.");
        }

        return keyId.Length > MaxKeyIdLength
            ? throw WebhookErrors.BadHeader($"{Prefix}Key-Id is too long.")
            : new WebhookHeaders(
                timestamp,
                DateTimeOffset.FromUnixTimeSeconds(seconds),
                keyId,
                signature);
    }

    // The bare header holds an HMAC today, which is hex and too short, and the signature once that is retired. It must not be used while the other
    // header is present, which would let a sender choose what is checked.
    private static byte[] ReadSignature(Dictionary<string, string> headers)
    {
        const string Suffixed = "Signature-Ed25519";
        const string Bare = "Signature";
        if (headers.ContainsKey(Prefix + Suffixed))
        {
            return Decode(GetRequired(headers, Suffixed)) ?? throw WebhookErrors.BadSignature($"{Prefix}{Suffixed} is not a base64url signature of {Ed25519.SignatureLength} bytes.");
        }

        return headers.TryGetValue(Prefix + Bare, out string? value) && Decode(value) is byte[] signature
            ? signature
            : throw WebhookErrors.BadHeader($"The header {Prefix}{Suffixed} is missing, and {Prefix}{Bare} contains no Ed25519 signature.");
    }

    private static byte[]? Decode(string text)
    {
        const string Padding = "==";
        return Base64Url.Decode(text.EndsWith(Padding, StringComparison.Ordinal) ? text[..^Padding.Length] : text, Ed25519.SignatureLength);
    }

    private static string GetRequired(Dictionary<string, string> headers, string name) =>
        headers.TryGetValue(Prefix + name, out string? value) && value.Length > 0
            ? value.All(c => c is >= ' ' and <= '~') ? value : throw WebhookErrors.BadHeader($"{Prefix}{name} contains characters that are not printable ASCII.")
            : throw WebhookErrors.BadHeader($"The header {Prefix}{name} is missing.");
}
