using AtlasCloud.Emulation.Http;
using AtlasCloud.Emulation.Scenarios;

namespace AtlasCloud.Emulation.Chat;

/// <summary>Sends events one by one, each after its pause.</summary>
internal sealed class ChatStream
{
    private const int BatchLength = 16 * 1024;

    private readonly IEnumerable<ServerEvent> _events;
    private readonly TimeProvider _clock;
    private readonly TimeSpan _pause;
    private readonly bool _isFast;

    private ChatStream(IEnumerable<ServerEvent> events, TimeProvider clock, TimeSpan pause, bool isFast) =>
        (_events, _clock, _pause, _isFast) = (events, clock, pause, isFast);

    /// <summary>The events as a reply.</summary>
    /// <param name="events">The events. They are made while they are sent.</param>
    /// <param name="options">How the emulator behaves.</param>
    /// <param name="rule">The rule of a scenario; null where none applies.</param>
    internal static Reply Of(IEnumerable<ServerEvent> events, EmulatorOptions options, ScenarioRule? rule)
    {
        TimeSpan pause = rule?.Chat?.Pause ?? options.ChatDelay * options.TimeScale;

        // Very many chunks go in few packets. A fault counts events, and so needs each on its own.
        bool isFast = rule is { Chat.Chunks: not null, Chat.Pause: null, Fault: HttpFault.None };
        ChatStream stream = new(events, options.Clock, pause, isFast);
        return Reply.Stream(stream.WriteAsync, "text/event-stream").With("Cache-Control", "no-cache");
    }

    private async Task WriteAsync(PieceWriter write, CancellationToken cancellationToken)
    {
        if (_isFast)
        {
            await WriteBatchesAsync(write).ConfigureAwait(false);
            return;
        }

        foreach (ServerEvent next in _events)
        {
            if (_pause > TimeSpan.Zero)
            {
                await Task.Delay(_pause, _clock, cancellationToken).ConfigureAwait(false);
            }

            await write(next.ToBytes()).ConfigureAwait(false);
        }
    }

    private async Task WriteBatchesAsync(PieceWriter write)
    {
        using MemoryStream batch = new(2 * BatchLength);
        foreach (ServerEvent next in _events)
        {
            batch.Write(next.ToBytes());
            if (batch.Length >= BatchLength)
            {
                await write(batch.ToArray()).ConfigureAwait(false);
                batch.SetLength(0);
            }
        }

        await write(batch.ToArray()).ConfigureAwait(false);
    }
}
