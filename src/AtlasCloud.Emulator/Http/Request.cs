namespace AtlasCloud.Emulation.Http;

/// <summary>An HTTP request whose body is not read yet.</summary>
internal sealed class Request
{
    internal Request(RequestHead head, RequestBody body)
    {
        (Head, Body) = (head, body);
        int queryStart = head.Target.IndexOf('?', StringComparison.Ordinal);
        Path = queryStart < 0 ? head.Target : head.Target[..queryStart];
        Query = QueryString.Parse(queryStart < 0 ? "" : head.Target[(queryStart + 1)..]);
    }

    internal RequestHead Head { get; }

    internal string Method => Head.Method;

    internal string Path { get; }

    internal QueryString Query { get; }

    internal HeaderCollection Headers => Head.Headers;

    internal RequestBody Body { get; }

    /// <summary>The media type in lower case, without parameters; empty if there is none.</summary>
    internal string MediaType => (Headers["Content-Type"] ?? "").Split(';')[0].Trim().ToLowerInvariant();

    /// <summary>Reads the body. Returns null if it exceeds the maximum; the rest then stays unread.</summary>
    internal async Task<byte[]?> ReadBodyAsync(long maximum, CancellationToken cancellationToken)
    {
        if (Body.DeclaredLength > maximum)
        {
            return null;
        }

        using MemoryStream bytes = new((int)(Body.DeclaredLength ?? 0));
        byte[] buffer = new byte[16 * 1024];
        int read;
        while ((read = await Body.ReadAsync(buffer, cancellationToken).ConfigureAwait(false)) > 0)
        {
            if (bytes.Length + read > maximum)
            {
                return null;
            }

            bytes.Write(buffer, 0, read);
        }

        return bytes.ToArray();
    }
}
