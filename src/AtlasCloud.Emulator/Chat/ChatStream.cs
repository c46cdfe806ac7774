using AtlasCloud.Emulation.Http;
using AtlasCloud.Emulation.Scenarios;

namespace AtlasCloud.Emulation.Chat;

/// <summary>Streams events, each after a delay.</summary>
internal sealed class ChatStream
{
    private const int BatchLength = 16 * 1024;

    private readonly IEnumerable<ServerSentEvent> _events;
    private readonly TimeProvider _clock;
    private readonly TimeSpan _delay;
    private readonly bool _isBatched;

    private ChatStream(IEnumerable<ServerSentEvent> events, TimeProvider clock, TimeSpan delay, bool isBatched) =>
        (_events, _clock, _delay, _isBatched) = (events, clock, delay, isBatched);

    /// <summary>Creates a streamed reply.</summary>
    /// <param name="events">The events; generated while they are sent.</param>
    /// <param name="options">The options of the emulator.</param>
    /// <param name="rule">The scenario rule; null if none applies.</param>
    internal static Reply Create(IEnumerable<ServerSentEvent> events, EmulatorOptions options, ScenarioRule? rule)
    {
        TimeSpan delay = rule?.Chat?.Delay ?? options.ChatDelay * options.TimeScale;

        // Scripted streams with many chunks are sent in batches. A fault counts single events and disables batching.
        bool isBatched = rule is { Chat.Chunks: not null, Chat.Delay: null, Fault: HttpFault.None };
        ChatStream stream = new(events, options.Clock, delay, isBatched);
        return Reply.CreateStream(stream.WriteAsync, "text/event-stream").WithHeader("Cache-Control", "no-cache");
    }

    private async Task WriteAsync(ChunkDelegate write, CancellationToken cancellationToken)
    {
        if (_isBatched)
        {
            await WriteBatchesAsync(write).ConfigureAwait(false);
            return;
        }

        foreach (ServerSentEvent next in _events)
        {
            if (_delay > TimeSpan.Zero)
            {
                await Task.Delay(_delay, _clock, cancellationToken).ConfigureAwait(false);
            }

            await write(next.ToBytes()).ConfigureAwait(false);
        }
    }

    private async Task WriteBatchesAsync(ChunkDelegate write)
    {
        using MemoryStream batch = new(2 * BatchLength);
        foreach (ServerSentEvent next in _events)
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
