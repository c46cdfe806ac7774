namespace AtlasCloud.Webhooks;

/// <summary>Base64url without padding, as RFC 7515 defines it.</summary>
internal static class Base64Url
{
    /// <summary>Decodes a text; null if it does not have the expected number of bytes or is not their canonical encoding.</summary>
    internal static byte[]? Decode(string text, int length)
    {
        byte[] bytes = new byte[length];
        string base64 = text.Replace('-', '+').Replace('_', '/') + new string('=', (3 - (length % 3)) % 3);
        return Convert.TryFromBase64String(base64, bytes, out int written) && written == length && Encode(bytes) == text ? bytes : null;
    }

    private static string Encode(byte[] bytes) => Convert.ToBase64String(bytes).TrimEnd('=').Replace('+', '-').Replace('/', '_');
}
