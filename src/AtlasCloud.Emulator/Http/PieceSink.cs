using System.Globalization;
using System.Text;

namespace AtlasCloud.Emulation.Http;

/// <summary>Puts the pieces of a streamed body on the wire, each as a chunk, until a fault strikes.</summary>
internal sealed class PieceSink
{
    /// <summary>Enough for the parts of a split character to arrive one by one.</summary>
    internal static readonly TimeSpan Gap = TimeSpan.FromMilliseconds(2);

    private readonly Stream _stream;
    private readonly Outcome _outcome;
    private readonly TimeProvider _clock;
    private readonly CancellationToken _cancellationToken;
    private int _written;

    internal PieceSink(Stream stream, Outcome outcome, TimeProvider clock, CancellationToken cancellationToken) =>
        (_stream, _outcome, _clock, _cancellationToken) = (stream, outcome, clock, cancellationToken);

    /// <exception cref="CutException">Nothing follows: the fault wants the connection to end.</exception>
    internal async ValueTask WriteAsync(ReadOnlyMemory<byte> piece)
    {
        bool strikes = _written++ >= _outcome.Events;
        int inCharacter = InFirstCharacter(piece.Span);
        switch (_outcome.Fault)
        {
            case HttpFault.Truncate when strikes:
                throw new CutException();
            case HttpFault.Stall when strikes:
                await WaitForLeaveAsync(_stream, _cancellationToken).ConfigureAwait(false);
                throw new CutException();
            case HttpFault.CutCharacter when strikes && inCharacter > 0:
                await ChunkAsync(piece[..inCharacter]).ConfigureAwait(false);
                throw new CutException();
            case HttpFault.SplitCharacters when inCharacter > 0:
                await ChunkAsync(piece[..inCharacter]).ConfigureAwait(false);
                await Task.Delay(Gap, _clock, _cancellationToken).ConfigureAwait(false);
                piece = piece[inCharacter..];
                break;
            case HttpFault.SlowDrip:
                await Task.Delay(_outcome.DripDelay, _clock, _cancellationToken).ConfigureAwait(false);
                break;
        }

        await ChunkAsync(piece).ConfigureAwait(false);
    }

    /// <summary>The place behind the first byte of the first character that has several; 0 where there is none.</summary>
    internal static int InFirstCharacter(ReadOnlySpan<byte> text) => text.IndexOfAnyInRange((byte)0xC2, (byte)0xF4) + 1;

    private async ValueTask ChunkAsync(ReadOnlyMemory<byte> piece)
    {
        if (piece.Length == 0)
        {
            // An empty chunk would end the body.
            return;
        }

        byte[] length = Encoding.ASCII.GetBytes(piece.Length.ToString("x", CultureInfo.InvariantCulture));
        await _stream.WriteAsync((byte[])[.. length, 13, 10, .. piece.Span, 13, 10], _cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Nobody sends anything while a reply is on its way, so what can be read is the end.</summary>
    internal static async Task WaitForLeaveAsync(Stream stream, CancellationToken cancellationToken)
    {
        byte[] buffer = new byte[256];
        while (await stream.ReadAsync(buffer, cancellationToken).ConfigureAwait(false) > 0)
        {
        }
    }
}
