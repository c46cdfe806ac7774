using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;

namespace AtlasCloud.Http;

/// <summary>Server-sent events, one by one, the moment they arrive.</summary>
internal static class EventStream
{
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
                yield return item.Data;
            }
        }
    }

    // Comments keep a stream alive without being events: the idle limit has to see bytes, not events.
    private sealed class MovingStream(Stream inner, Deadline idle) : Stream
    {
        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            int count = await inner.ReadAsync(buffer, cancellationToken).ConfigureAwait(false);
            idle.StartAgain();
            return count;
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
