namespace AtlasCloud.Mcp.Tests.Support;

/// <summary>A stream whose writes fail once the reader has closed it, as a pipe of the operating system does.</summary>
internal sealed class ClosableStream(Stream inner, CancellationToken closed) : Stream
{
    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    public override void Flush() => Require();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => WriteAsync(buffer.AsMemory(offset, count)).AsTask().GetAwaiter().GetResult();

    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        Require();
        return inner.WriteAsync(buffer, cancellationToken);
    }

    private void Require()
    {
        if (closed.IsCancellationRequested)
        {
            throw new IOException("Broken pipe");
        }
    }
}
