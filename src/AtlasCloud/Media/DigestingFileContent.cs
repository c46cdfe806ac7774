using System.Buffers;
using System.Net;
using System.Security.Cryptography;

namespace AtlasCloud;

// In the root namespace, since AtlasCloud.Media is a type.

/// <summary>Sends a file and computes its digest meanwhile: one chunk is digested by another thread while it is sent.</summary>
internal sealed class DigestingFileContent(FileStream file) : HttpContent
{
    // The timeout of an upload restarts with each chunk.
    private const int ChunkBytes = 128 * 1024;

    /// <summary>The SHA-256 digest of what was sent, in lower-case hexadecimal digits; null until the whole file was sent.</summary>
    internal string? Sha256 { get; private set; }

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
        SerializeToStreamAsync(stream, context, CancellationToken.None);

    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        // Content can be read more than once, for the log.
        file.Position = 0;
        using IncrementalHash digest = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        byte[] current = ArrayPool<byte>.Shared.Rent(ChunkBytes);
        byte[] other = ArrayPool<byte>.Shared.Rent(ChunkBytes);
        Task digesting = Task.CompletedTask;
        try
        {
            int count;
            while ((count = await file.ReadAsync(current.AsMemory(0, ChunkBytes), cancellationToken).ConfigureAwait(false)) > 0)
            {
                await digesting.ConfigureAwait(false);
                ReadOnlyMemory<byte> chunk = current.AsMemory(0, count);
                digesting = Task.Run(() => digest.AppendData(chunk.Span), CancellationToken.None);
                await stream.WriteAsync(chunk, cancellationToken).ConfigureAwait(false);
                (current, other) = (other, current);
            }
        }
        finally
        {
            // The buffers are in use until then.
            await digesting.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            ArrayPool<byte>.Shared.Return(current);
            ArrayPool<byte>.Shared.Return(other);
        }

        await digesting.ConfigureAwait(false);
        Sha256 = Convert.ToHexString(digest.GetHashAndReset()).ToLowerInvariant();
    }

    protected override bool TryComputeLength(out long length)
    {
        length = file.Length;
        return true;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            file.Dispose();
        }

        base.Dispose(disposing);
    }
}
