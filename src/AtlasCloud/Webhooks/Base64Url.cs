namespace AtlasCloud.Webhooks;

/// <summary>The alphabet of Base64 that is safe in addresses and headers, without padding (RFC 7515).</summary>
internal static class Base64Url
{
    /// <summary>The bytes behind a text; null where they are not as many as expected, or the text is not the one way to write them.</summary>
    internal static byte[]? Decode(string text, int length)
    {
        byte[] bytes = new byte[length];
        string usual = text.Replace('-', '+').Replace('_', '/') + new string('=', (3 - (length % 3)) % 3);
        return Convert.TryFromBase64String(usual, bytes, out int written) && written == length && Encode(bytes) == text ? bytes : null;
    }

    private static string Encode(byte[] bytes) => Convert.ToBase64String(bytes).TrimEnd('=').Replace('+', '-').Replace('/', '_');
}
