using System.Globalization;
using System.Text;

namespace AtlasCloud.Emulation.Http;

/// <summary>Writes a streamed body with chunked encoding until a fault is due.</summary>
internal sealed class ChunkedBodyWriter
{
    /// <summary>Long enough for the parts of a split character to arrive separately.</summary>
    internal static readonly TimeSpan SplitDelay = TimeSpan.FromMilliseconds(2);

    private readonly Stream _stream;
    private readonly HandlerResult _result;
    private readonly TimeProvider _clock;
    private readonly CancellationToken _cancellationToken;
    private int _chunkCount;

    internal ChunkedBodyWriter(Stream stream, HandlerResult result, TimeProvider clock, CancellationToken cancellationToken) =>
        (_stream, _result, _clock, _cancellationToken) = (stream, result, clock, cancellationToken);

    /// <exception cref="CutConnectionException">The fault closes the connection at this point.</exception>
    internal async ValueTask WriteAsync(ReadOnlyMemory<byte> chunk)
    {
        bool isFaultDue = _chunkCount++ >= _result.EventsBeforeFault;
        int splitIndex = SplitIndex(chunk.Span);
        switch (_result.Fault)
        {
            case HttpFault.Truncate when isFaultDue:
                throw new CutConnectionException();
            case HttpFault.Stall when isFaultDue:
                await WaitForDisconnectAsync(_stream, _cancellationToken).ConfigureAwait(false);
                throw new CutConnectionException();
            case HttpFault.CutCharacter when isFaultDue && splitIndex > 0:
                await WriteChunkAsync(chunk[..splitIndex]).ConfigureAwait(false);
                throw new CutConnectionException();
            case HttpFault.SplitCharacters when splitIndex > 0:
                await WriteChunkAsync(chunk[..splitIndex]).ConfigureAwait(false);
                await Task.Delay(SplitDelay, _clock, _cancellationToken).ConfigureAwait(false);
                chunk = chunk[splitIndex..];
                break;
            case HttpFault.SlowDrip:
                await Task.Delay(_result.ChunkDelay, _clock, _cancellationToken).ConfigureAwait(false);
                break;
        }

        await WriteChunkAsync(chunk).ConfigureAwait(false);
    }

    /// <summary>The index after the first byte of the first multibyte character; 0 if there is none.</summary>
    internal static int SplitIndex(ReadOnlySpan<byte> text) => text.IndexOfAnyInRange((byte)0xC2, (byte)0xF4) + 1;

    private async ValueTask WriteChunkAsync(ReadOnlyMemory<byte> chunk)
    {
        if (chunk.Length == 0)
        {
            // An empty chunk would end the body.
            return;
        }

        byte[] length = Encoding.ASCII.GetBytes(chunk.Length.ToString("x", CultureInfo.InvariantCulture));
        await _stream.WriteAsync((byte[])[.. length, 13, 10, .. chunk.Span, 13, 10], _cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Clients send nothing while they receive a reply, so a read returns only when they disconnect.</summary>
    internal static async Task WaitForDisconnectAsync(Stream stream, CancellationToken cancellationToken)
    {
        byte[] buffer = new byte[256];
        while (await stream.ReadAsync(buffer, cancellationToken).ConfigureAwait(false) > 0)
        {
        }
    }
}
