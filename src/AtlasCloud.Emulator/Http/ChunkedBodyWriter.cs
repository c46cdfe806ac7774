using System.Globalization;
using System.Text;

namespace AtlasCloud.Emulation.Http;

/// <summary>Puts the pieces of a streamed body on the wire, each as a chunk, until a fault strikes.</summary>
internal sealed class ChunkedBodyWriter
{
    /// <summary>Enough for the parts of a split character to arrive one by one.</summary>
    internal static readonly TimeSpan SplitDelay = TimeSpan.FromMilliseconds(2);

    private readonly Stream _stream;
    private readonly HandlerResult _result;
    private readonly TimeProvider _clock;
    private readonly CancellationToken _cancellationToken;
    private int _chunkCount;

    internal ChunkedBodyWriter(Stream stream, HandlerResult result, TimeProvider clock, CancellationToken cancellationToken) =>
        (_stream, _result, _clock, _cancellationToken) = (stream, result, clock, cancellationToken);

    /// <exception cref="CutConnectionException">Nothing follows: the fault wants the connection to end.</exception>
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

    /// <summary>The place behind the first byte of the first character that has several; 0 where there is none.</summary>
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

    /// <summary>Nobody sends anything while a reply is on its way, so what can be read is the end.</summary>
    internal static async Task WaitForDisconnectAsync(Stream stream, CancellationToken cancellationToken)
    {
        byte[] buffer = new byte[256];
        while (await stream.ReadAsync(buffer, cancellationToken).ConfigureAwait(false) > 0)
        {
        }
    }
}
