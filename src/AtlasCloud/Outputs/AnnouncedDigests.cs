using System.Net.Http.Headers;

namespace AtlasCloud.Outputs;

/// <summary>
/// The digests that a host announces for a complete file, in standardized headers: Repr-Digest (RFC 9530), Digest (RFC 3230) and Content-MD5 (RFC 1864).
/// ETag and x-goog-hash are not used: an ETag can look like an MD5 without being one, and x-goog-hash can belong to a compressed form of the file.
/// </summary>
internal sealed record AnnouncedDigests(byte[]? Sha256, byte[]? Md5)
{
    internal static readonly AnnouncedDigests None = new(null, null);

    /// <summary>Reads the headers of a response with the complete file. Malformed digests are ignored.</summary>
    internal static AnnouncedDigests Read(HttpResponseMessage response)
    {
        HttpContentHeaders content = response.Content.Headers;

        // With a content coding it is ambiguous whether a digest is that of the coded or of the decoded content.
        return content.ContentEncoding.Count > 0 ? None : new AnnouncedDigests(
            ReadDigest(response, "Repr-Digest", "sha-256=:", ':') ?? ReadDigest(response, "Digest", "sha-256=", null),
            DecodeBase64(16, content.TryGetValues("Content-MD5", out IEnumerable<string>? md5) ? md5.First() : null));
    }

    private static byte[]? ReadDigest(HttpResponseMessage response, string header, string prefix, char? suffix)
    {
        if (!response.Headers.TryGetValues(header, out IEnumerable<string>? values))
        {
            return null;
        }

        string? found = values.SelectMany(v => v.Split(',')).Select(v => v.Trim())
            .FirstOrDefault(v => v.StartsWith(prefix, StringComparison.OrdinalIgnoreCase) && (suffix is null || v.EndsWith(suffix.Value)));
        return found is null ? null : DecodeBase64(32, found[prefix.Length..].TrimEnd(suffix ?? ' '));
    }

    private static byte[]? DecodeBase64(int length, string? base64)
    {
        byte[] bytes = new byte[length];
        return base64 is not null && Convert.TryFromBase64String(base64.Trim(), bytes, out int count) && count == length ? bytes : null;
    }
}
