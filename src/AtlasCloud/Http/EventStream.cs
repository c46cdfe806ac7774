using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using AtlasCloud.Text;

namespace AtlasCloud.Http;

/// <summary>Reads server-sent events as they arrive.</summary>
internal static class EventStream
{
    /// <summary>The maximum number of bytes of one event and of the comments before it.</summary>
    internal const int MaxEventBytes = 16 * 1024 * 1024;

    /// <summary>The maximum number of bytes of a stream.</summary>
    internal const int MaxStreamBytes = 64 * 1024 * 1024;

    // Comments keep the connection open but are not data: after this many idle timeouts without an event the stream ends.
    private const int MaxIdleTimeouts = 6;

    /// <summary>Yields each event, parsed from its bytes, until the body ends. The caller knows whether that was too early.</summary>
    internal static async IAsyncEnumerable<T> ReadAsync<T>(
        HttpResponseMessage response, SseItemParser<T> parse, Deadline idle, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        Stream body = await response.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
        MeteredStream moving = new(body, idle);
        await using (moving.ConfigureAwait(false))
        {
            SseParser<T> parser = SseParser.Create(moving, parse);
            await foreach (SseItem<T> item in parser.EnumerateAsync(cancellationToken).ConfigureAwait(false))
            {
                moving.EventCame();
                yield return item.Data;
            }
        }
    }

    // Comments keep a stream alive without being events, so the idle timeout counts bytes.
    private sealed class MeteredStream(Stream inner, Deadline idle) : Stream
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

        /// <exception cref="EventLimitException">The event or the stream exceeds its limit.</exception>
        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            int count = await BoundedReader.ReadNextAsync(inner, buffer, cancellationToken).ConfigureAwait(false);
            idle.Restart();
            _total += count;
            _sinceEvent += count;
            return _sinceEvent > MaxEventBytes ? throw new EventLimitException($"an event is larger than {MaxEventBytes / (1024 * 1024)} MiB")
                : _total > MaxStreamBytes ? throw new EventLimitException($"it is larger than {MaxStreamBytes / (1024 * 1024)} MiB")
                : idle.Since(_lastEvent) > idle.Limit * MaxIdleTimeouts ? throw new EventLimitException($"only comments arrived for {DurationText.InSeconds(idle.Limit * MaxIdleTimeouts)}")
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
