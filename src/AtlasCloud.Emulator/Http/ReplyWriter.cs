using System.Globalization;
using System.Text;

namespace AtlasCloud.Emulation.Http;

/// <summary>Writes replies to a connection and injects their faults.</summary>
internal sealed class ReplyWriter
{
    private const int SlowDripChunks = 20;
    private const int WrongLengthExcess = 1024;

    private readonly Stream _stream;
    private readonly TimeProvider _clock;

    internal ReplyWriter(Stream stream, TimeProvider clock) => (_stream, _clock) = (stream, clock);

    /// <summary>Writes a reply. Returns false if the connection cannot be reused.</summary>
    internal async Task<bool> WriteAsync(HandlerResult result, bool headOnly, bool keepAlive, CancellationToken cancellationToken)
    {
        Reply reply = result.Reply!;
        HttpFault fault = result.Fault;
        bool reusable = keepAlive && !reply.ClosesConnection && result.IsComplete;
        byte[] head = Encoding.UTF8.GetBytes(FormatHead(reply, fault, reusable));
        if (headOnly || !reply.HasBody)
        {
            await _stream.WriteAsync(head, cancellationToken).ConfigureAwait(false);
            return reusable;
        }

        if (reply.WriteChunks is { } writeChunks)
        {
            await _stream.WriteAsync(head, cancellationToken).ConfigureAwait(false);
            return await WriteChunksAsync(writeChunks, result, cancellationToken).ConfigureAwait(false) && reusable;
        }

        if (reply.File is null && fault is HttpFault.Stall or HttpFault.CutCharacter or HttpFault.SplitCharacters)
        {
            return await WriteInterruptedAsync(head, result, cancellationToken).ConfigureAwait(false) && reusable;
        }

        if (reply.File is null && fault != HttpFault.SlowDrip && reply.Length <= 16 * 1024)
        {
            // Head and body go into one packet: with two, the second would wait for the client's delayed acknowledgement.
            int length = SendsHalf(fault) ? reply.Bytes.Length / 2 : reply.Bytes.Length;
            await _stream.WriteAsync((byte[])[.. head, .. reply.Bytes.AsSpan(0, length)], cancellationToken).ConfigureAwait(false);
            return reusable;
        }

        await _stream.WriteAsync(head, cancellationToken).ConfigureAwait(false);
        await WriteBodyAsync(result, cancellationToken).ConfigureAwait(false);
        return reusable;
    }

    private static bool SendsHalf(HttpFault fault) => fault is HttpFault.Truncate or HttpFault.CutWithoutLength;

    private static string FormatHead(Reply reply, HttpFault fault, bool keepAlive)
    {
        StringBuilder head = new(256);
        head.Append(CultureInfo.InvariantCulture, $"HTTP/1.1 {reply.Status} {ReasonPhrase.For(reply.Status)}\r\n");
        if (reply.ContentType is { } type && reply.HasBody)
        {
            head.Append(CultureInfo.InvariantCulture, $"Content-Type: {type}\r\n");
        }

        foreach ((string name, string value) in reply.Headers.Lines)
        {
            head.Append(CultureInfo.InvariantCulture, $"{name}: {value}\r\n");
        }

        if (reply.HasBody && reply.WriteChunks is not null)
        {
            head.Append("Transfer-Encoding: chunked\r\n");
        }
        else if (reply.HasBody && !reply.ClosesConnection && fault != HttpFault.CutWithoutLength)
        {
            long length = reply.Length + (fault == HttpFault.WrongLength ? WrongLengthExcess : 0);
            head.Append(CultureInfo.InvariantCulture, $"Content-Length: {length}\r\n");
        }

        return head.Append(keepAlive ? "\r\n" : "Connection: close\r\n\r\n").ToString();
    }

    /// <summary>Stops within a character, or in the middle of the body, and continues only for <see cref="HttpFault.SplitCharacters"/>.</summary>
    private async Task<bool> WriteInterruptedAsync(byte[] head, HandlerResult result, CancellationToken cancellationToken)
    {
        byte[] body = result.Reply!.Bytes;
        int splitIndex = result.Fault == HttpFault.Stall ? body.Length / 2 : ChunkedBodyWriter.SplitIndex(body);
        splitIndex = splitIndex == 0 ? body.Length : splitIndex;
        await _stream.WriteAsync((byte[])[.. head, .. body.AsSpan(0, splitIndex)], cancellationToken).ConfigureAwait(false);
        if (result.Fault == HttpFault.SplitCharacters)
        {
            await Task.Delay(ChunkedBodyWriter.SplitDelay, _clock, cancellationToken).ConfigureAwait(false);
            await _stream.WriteAsync(body.AsMemory(splitIndex), cancellationToken).ConfigureAwait(false);
            return true;
        }

        if (result.Fault == HttpFault.Stall)
        {
            await ChunkedBodyWriter.WaitForDisconnectAsync(_stream, cancellationToken).ConfigureAwait(false);
        }

        return false;
    }

    private async Task WriteBodyAsync(HandlerResult result, CancellationToken cancellationToken)
    {
        Reply reply = result.Reply!;
        long remaining = SendsHalf(result.Fault) ? reply.Length / 2 : reply.Length;
        Stream source = reply.File is { } file
            ? new FileStream(file.Path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, 1, useAsync: true)
            : new MemoryStream(reply.Bytes, writable: false);
        await using (source.ConfigureAwait(false))
        {
            source.Position = reply.File?.Offset ?? 0;
            bool isSlowDrip = result.Fault == HttpFault.SlowDrip;
            byte[] buffer = new byte[isSlowDrip ? Math.Max(1, (int)Math.Min(reply.Length / SlowDripChunks, 64 * 1024)) : 64 * 1024];
            while (remaining > 0)
            {
                int read = await source.ReadAsync(buffer.AsMemory(0, (int)Math.Min(buffer.Length, remaining)), cancellationToken).ConfigureAwait(false);
                if (read == 0)
                {
                    throw new IOException("A stored file was truncated while it was sent.");
                }

                if (isSlowDrip)
                {
                    await Task.Delay(result.ChunkDelay, _clock, cancellationToken).ConfigureAwait(false);
                }

                await _stream.WriteAsync(buffer.AsMemory(0, read), cancellationToken).ConfigureAwait(false);
                remaining -= read;
            }
        }
    }

    private async Task<bool> WriteChunksAsync(
        Func<ChunkDelegate, CancellationToken, Task> writeChunks, HandlerResult result, CancellationToken cancellationToken)
    {
        try
        {
            await writeChunks(new ChunkedBodyWriter(_stream, result, _clock, cancellationToken).WriteAsync, cancellationToken).ConfigureAwait(false);
        }
        catch (CutConnectionException)
        {
            return false;
        }

        await _stream.WriteAsync("0\r\n\r\n"u8.ToArray(), cancellationToken).ConfigureAwait(false);
        return true;
    }
}
