namespace AtlasCloud.Http;

/// <summary>Reads a body into memory up to a limit, whatever length the sender announces.</summary>
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
            while ((count = await ReadNextAsync(stream, buffer, cancellationToken).ConfigureAwait(false)) > 0)
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

    /// <summary>Reads the next bytes of a response, decompressed if necessary.</summary>
    /// <exception cref="HttpIOException">The data cannot be decompressed.</exception>
    internal static async ValueTask<int> ReadNextAsync(Stream stream, Memory<byte> buffer, CancellationToken cancellationToken)
    {
        try
        {
            return await stream.ReadAsync(buffer, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is InvalidDataException or InvalidOperationException and not ObjectDisposedException)
        {
            // Each decompressor throws its own type for this. InvalidOperationException is Brotli's.
            throw new HttpIOException(HttpRequestError.InvalidResponse, "The response cannot be decompressed.", exception);
        }
    }

    private static AtlasCloudException TooLarge(int limit) =>
        new(AtlasCloudErrorKind.UnexpectedReply, $"The response is larger than {limit / (1024 * 1024)} MiB and was not read completely.");
}
