namespace AtlasCloud.Http;

/// <summary>Reads a body into memory, but not more than a limit, whatever the sender announces.</summary>
internal static class BoundedReader
{
    /// <exception cref="AtlasCloudException">The body is larger than the limit.</exception>
    internal static async Task<byte[]> ReadAsync(HttpContent content, int limit, CancellationToken cancellationToken)
    {
        long announced = content.Headers.ContentLength ?? 0;
        if (announced > limit)
        {
            throw TooLarge(limit);
        }

        Stream stream = await content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
        await using (stream.ConfigureAwait(false))
        {
            using MemoryStream read = new((int)Math.Min(announced, 1 << 20));
            byte[] buffer = new byte[16 * 1024];
            int count;
            while ((count = await NextAsync(stream, buffer, cancellationToken).ConfigureAwait(false)) > 0)
            {
                if (read.Length + count > limit)
                {
                    throw TooLarge(limit);
                }

                read.Write(buffer, 0, count);
            }

            return read.ToArray();
        }
    }

    /// <summary>Reads the next bytes of an answer, which may have to be unpacked first.</summary>
    /// <exception cref="HttpIOException">What came cannot be unpacked.</exception>
    internal static async ValueTask<int> NextAsync(Stream stream, Memory<byte> buffer, CancellationToken cancellationToken)
    {
        try
        {
            return await stream.ReadAsync(buffer, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is InvalidDataException or InvalidOperationException and not ObjectDisposedException)
        {
            // Each way of packing has a fault of its own for this; the last is Brotli's.
            throw new HttpIOException(HttpRequestError.InvalidResponse, "The answer cannot be unpacked.", exception);
        }
    }

    private static AtlasCloudException TooLarge(int limit) =>
        new(AtlasCloudErrorKind.UnexpectedReply, $"The answer is larger than {limit / (1024 * 1024)} MiB and was not read to its end.");
}
