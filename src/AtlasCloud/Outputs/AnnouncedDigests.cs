using System.Net.Http.Headers;

namespace AtlasCloud.Outputs;

/// <summary>
/// What a host says the bytes of a whole file add up to, in the headers whose meaning a standard fixes: Repr-Digest (RFC 9530),
/// Digest (RFC 3230) and Content-MD5 (RFC 1864). An ETag may look like an MD5 and be none, and x-goog-hash can belong to a packed
/// form of the file: neither counts.
/// </summary>
internal sealed record AnnouncedDigests(byte[]? Sha256, byte[]? Md5)
{
    internal static readonly AnnouncedDigests None = new(null, null);

    /// <summary>Reads the headers of an answer that carries the whole file. What cannot be read was not said.</summary>
    internal static AnnouncedDigests Read(HttpResponseMessage response)
    {
        HttpContentHeaders content = response.Content.Headers;

        // Digests of a coded form say nothing about what is inside, and the other way round.
        return content.ContentEncoding.Count > 0 ? None : new AnnouncedDigests(
            Named(response, "Repr-Digest", "sha-256=:", ':') ?? Named(response, "Digest", "sha-256=", null),
            Exactly(16, content.TryGetValues("Content-MD5", out IEnumerable<string>? md5) ? md5.First() : null));
    }

    private static byte[]? Named(HttpResponseMessage response, string header, string start, char? end)
    {
        if (!response.Headers.TryGetValues(header, out IEnumerable<string>? values))
        {
            return null;
        }

        string? found = values.SelectMany(v => v.Split(',')).Select(v => v.Trim())
            .FirstOrDefault(v => v.StartsWith(start, StringComparison.OrdinalIgnoreCase) && (end is null || v.EndsWith(end.Value)));
        return found is null ? null : Exactly(32, found[start.Length..].TrimEnd(end ?? ' '));
    }

    private static byte[]? Exactly(int length, string? base64)
    {
        byte[] bytes = new byte[length];
        return base64 is not null && Convert.TryFromBase64String(base64.Trim(), bytes, out int count) && count == length ? bytes : null;
    }
}
