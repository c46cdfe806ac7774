using System.Globalization;
using System.Text;

namespace AtlasCloud.Emulation.Http;

/// <summary>Puts replies on the wire, whole or damaged as asked.</summary>
internal sealed class ReplyWriter
{
    private const int DripPieces = 20;
    private const int LengthError = 1024;

    private readonly Stream _stream;
    private readonly TimeProvider _clock;

    internal ReplyWriter(Stream stream, TimeProvider clock) => (_stream, _clock) = (stream, clock);

    /// <summary>Writes a reply. False where the connection cannot be used any more.</summary>
    internal async Task<bool> WriteAsync(Outcome outcome, bool headOnly, bool keepAlive, CancellationToken cancellationToken)
    {
        Reply reply = outcome.Reply!;
        HttpFault fault = outcome.Fault;
        bool usable = keepAlive && !reply.EndsConnection && outcome.IsWhole;
        byte[] head = Encoding.UTF8.GetBytes(Head(reply, fault, usable));
        if (headOnly || !reply.HasBody)
        {
            await _stream.WriteAsync(head, cancellationToken).ConfigureAwait(false);
            return usable;
        }

        if (reply.Pieces is { } pieces)
        {
            await _stream.WriteAsync(head, cancellationToken).ConfigureAwait(false);
            return await WritePiecesAsync(pieces, outcome, cancellationToken).ConfigureAwait(false) && usable;
        }

        if (reply.File is null && fault is HttpFault.Stall or HttpFault.CutCharacter or HttpFault.SplitCharacters)
        {
            return await WriteInterruptedAsync(head, outcome, cancellationToken).ConfigureAwait(false) && usable;
        }

        if (reply.File is null && fault != HttpFault.SlowDrip && reply.Length <= 16 * 1024)
        {
            // One packet: a reply in two would wait for the client's delayed acknowledgement.
            int length = fault == HttpFault.Truncate ? reply.Bytes.Length / 2 : reply.Bytes.Length;
            await _stream.WriteAsync((byte[])[.. head, .. reply.Bytes.AsSpan(0, length)], cancellationToken).ConfigureAwait(false);
            return usable;
        }

        await _stream.WriteAsync(head, cancellationToken).ConfigureAwait(false);
        await WriteKnownAsync(outcome, cancellationToken).ConfigureAwait(false);
        return usable;
    }

    private static string Head(Reply reply, HttpFault fault, bool keepAlive)
    {
        StringBuilder head = new(256);
        head.Append(CultureInfo.InvariantCulture, $"HTTP/1.1 {reply.Status} {ReasonPhrase.Of(reply.Status)}\r\n");
        if (reply.ContentType is { } type && reply.HasBody)
        {
            head.Append(CultureInfo.InvariantCulture, $"Content-Type: {type}\r\n");
        }

        foreach ((string name, string value) in reply.Headers.Lines)
        {
            head.Append(CultureInfo.InvariantCulture, $"{name}: {value}\r\n");
        }

        if (reply.HasBody && reply.Pieces is not null)
        {
            head.Append("Transfer-Encoding: chunked\r\n");
        }
        else if (reply.HasBody && !reply.EndsConnection)
        {
            long length = reply.Length + (fault == HttpFault.WrongLength ? LengthError : 0);
            head.Append(CultureInfo.InvariantCulture, $"Content-Length: {length}\r\n");
        }

        return head.Append(keepAlive ? "\r\n" : "Connection: close\r\n\r\n").ToString();
    }

    /// <summary>Stops within a character, or in the middle, and goes on only where that is the fault.</summary>
    private async Task<bool> WriteInterruptedAsync(byte[] head, Outcome outcome, CancellationToken cancellationToken)
    {
        byte[] body = outcome.Reply!.Bytes;
        int stop = outcome.Fault == HttpFault.Stall ? body.Length / 2 : PieceSink.InFirstCharacter(body);
        stop = stop == 0 ? body.Length : stop;
        await _stream.WriteAsync((byte[])[.. head, .. body.AsSpan(0, stop)], cancellationToken).ConfigureAwait(false);
        if (outcome.Fault == HttpFault.SplitCharacters)
        {
            await Task.Delay(PieceSink.Gap, _clock, cancellationToken).ConfigureAwait(false);
            await _stream.WriteAsync(body.AsMemory(stop), cancellationToken).ConfigureAwait(false);
            return true;
        }

        if (outcome.Fault == HttpFault.Stall)
        {
            await PieceSink.WaitForLeaveAsync(_stream, cancellationToken).ConfigureAwait(false);
        }

        return false;
    }

    private async Task WriteKnownAsync(Outcome outcome, CancellationToken cancellationToken)
    {
        Reply reply = outcome.Reply!;
        long left = outcome.Fault == HttpFault.Truncate ? reply.Length / 2 : reply.Length;
        Stream source = reply.File is { } file
            ? new FileStream(file.Path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, 1, useAsync: true)
            : new MemoryStream(reply.Bytes, writable: false);
        await using (source.ConfigureAwait(false))
        {
            source.Position = reply.File?.Offset ?? 0;
            bool drips = outcome.Fault == HttpFault.SlowDrip;
            byte[] buffer = new byte[drips ? Math.Max(1, (int)Math.Min(reply.Length / DripPieces, 64 * 1024)) : 64 * 1024];
            while (left > 0)
            {
                int read = await source.ReadAsync(buffer.AsMemory(0, (int)Math.Min(buffer.Length, left)), cancellationToken).ConfigureAwait(false);
                if (read == 0)
                {
                    throw new IOException("A stored file became shorter while it was sent.");
                }

                if (drips)
                {
                    await Task.Delay(outcome.DripDelay, _clock, cancellationToken).ConfigureAwait(false);
                }

                await _stream.WriteAsync(buffer.AsMemory(0, read), cancellationToken).ConfigureAwait(false);
                left -= read;
            }
        }
    }

    private async Task<bool> WritePiecesAsync(
        Func<PieceWriter, CancellationToken, Task> pieces, Outcome outcome, CancellationToken cancellationToken)
    {
        try
        {
            await pieces(new PieceSink(_stream, outcome, _clock, cancellationToken).WriteAsync, cancellationToken).ConfigureAwait(false);
        }
        catch (CutException)
        {
            return false;
        }

        await _stream.WriteAsync("0\r\n\r\n"u8.ToArray(), cancellationToken).ConfigureAwait(false);
        return true;
    }
}
