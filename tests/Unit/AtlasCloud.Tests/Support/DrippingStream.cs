namespace AtlasCloud.Tests;

/// <summary>A body that arrives in small pieces and can end with an exception.</summary>
internal sealed class DrippingStream(byte[] content, int pieceLength, Func<Exception>? end = null) : Stream
{
    private int _position;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => _position; set => throw new NotSupportedException(); }

    public override int Read(byte[] buffer, int offset, int count)
    {
        int length = Math.Min(Math.Min(count, pieceLength), content.Length - _position);
        if (length == 0 && end is not null)
        {
            throw end();
        }

        Array.Copy(content, _position, buffer, offset, length);
        _position += length;
        return length;
    }

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
