using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;

namespace AtlasCloud.Http;

/// <summary>Server-sent events, one by one, the moment they arrive.</summary>
internal static class EventStream
{
    /// <summary>The most bytes of one event, and between two.</summary>
    internal const int LargestEvent = 16 * 1024 * 1024;

    /// <summary>The most bytes of a whole stream.</summary>
    internal const int LargestStream = 64 * 1024 * 1024;

    // Comments say that somebody is there, not that anything will ever be said: so often the idle limit may pass with nothing else.
    private const int MostIdleLimits = 6;

    /// <summary>The data of each event. Ends where the body ends; the caller knows whether that was too early.</summary>
    internal static async IAsyncEnumerable<string> ReadAsync(
        HttpResponseMessage response, Deadline idle, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        Stream body = await response.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
        MovingStream moving = new(body, idle);
        await using (moving.ConfigureAwait(false))
        {
            SseParser<string> parser = SseParser.Create(moving);
            await foreach (SseItem<string> item in parser.EnumerateAsync(cancellationToken).ConfigureAwait(false))
            {
                moving.EventCame();
                yield return item.Data;
            }
        }
    }

    // Comments keep a stream alive without being events: the idle limit has to see bytes, not events.
    private sealed class MovingStream(Stream inner, Deadline idle) : Stream
    {
        private long _total;
        private long _sinceEvent;
        private long _lastEvent = idle.Timestamp;

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

        internal void EventCame() => (_sinceEvent, _lastEvent) = (0, idle.Timestamp);

        /// <exception cref="EventLimitException">No end of the event, or of the stream, is in sight.</exception>
        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            int count = await BoundedReader.NextAsync(inner, buffer, cancellationToken).ConfigureAwait(false);
            idle.Restart();
            _total += count;
            _sinceEvent += count;
            return _sinceEvent > LargestEvent ? throw new EventLimitException($"an event is larger than {LargestEvent / (1024 * 1024)} MiB")
                : _total > LargestStream ? throw new EventLimitException($"it is larger than {LargestStream / (1024 * 1024)} MiB")
                : idle.Since(_lastEvent) > idle.Limit * MostIdleLimits ? throw new EventLimitException($"nothing but signs of life arrived for {idle.Limit.TotalSeconds * MostIdleLimits:0.#} s")
                : count;
        }

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        protected override void Dispose(bool disposing)
        {
            if (disposing)
            {
                inner.Dispose();
            }

            base.Dispose(disposing);
        }
    }
}
