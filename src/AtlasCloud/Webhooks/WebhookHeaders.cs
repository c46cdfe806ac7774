using System.Globalization;
using AtlasCloud.Text;

namespace AtlasCloud.Webhooks;

/// <summary>The headers of a delivery that decide whether it is believed. The others, the id and the event among them, are not signed and not looked at.</summary>
internal sealed record WebhookHeaders(string Timestamp, DateTimeOffset Time, string KeyId, byte[] Signature)
{
    private const string Prefix = "X-AtlasCloud-Webhook-";
    private const int LongestKeyId = 200;
    private const int LongestTimestamp = 11;

    /// <exception cref="AtlasCloudException">WebhookRejected: one is missing, is there twice, or cannot be what it should be.</exception>
    internal static WebhookHeaders Read(IEnumerable<KeyValuePair<string, string>> headers)
    {
        Dictionary<string, string> found = new(StringComparer.OrdinalIgnoreCase);
        foreach ((string name, string value) in headers)
        {
            // Two of them, and the one that is checked need not be the one that somebody else acts on.
            if (name.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase) && !found.TryAdd(name, value))
            {
                throw WebhookResource.Rejected("header", $"The header {SafeText.Sanitize(name, length: 80)} is there more than once.");
            }
        }

        string timestamp = Get(found, "Timestamp");
        string keyId = Get(found, "Key-Id");
        string signature = Get(found, "Signature-Ed25519");
        if (timestamp.Length > LongestTimestamp || !long.TryParse(timestamp, NumberStyles.None, CultureInfo.InvariantCulture, out long seconds))
        {
            throw WebhookResource.Rejected("header", $"{Prefix}Timestamp is no time in Unix seconds.");
        }

        return keyId.Length > LongestKeyId
            ? throw WebhookResource.Rejected("header", $"{Prefix}Key-Id is too long.")
            : new WebhookHeaders(
                timestamp,
                DateTimeOffset.FromUnixTimeSeconds(seconds),
                keyId,
                Base64Url.Decode(signature, Ed25519.SignatureLength) ?? throw WebhookResource.Rejected("signature", $"{Prefix}Signature-Ed25519 is no signature in base64url."));
    }

    private static string Get(Dictionary<string, string> headers, string name) =>
        headers.TryGetValue(Prefix + name, out string? value) && value.Length > 0
            ? value
            : throw WebhookResource.Rejected("header", $"The header {Prefix}{name} is missing.");
}
