using System.Text;

namespace AtlasCloud.Tests;

/// <summary>A body that starts with one text and repeats another endlessly. The action runs before each repetition.</summary>
internal sealed class EndlessStream(string start, byte[] piece, Action? onPiece = null) : Stream
{
    private byte[] _current = Encoding.ASCII.GetBytes(start);
    private int _position;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    public override int Read(byte[] buffer, int offset, int count)
    {
        if (_position == _current.Length)
        {
            onPiece?.Invoke();
            (_current, _position) = (piece, 0);
        }

        int length = Math.Min(count, _current.Length - _position);
        Array.Copy(_current, _position, buffer, offset, length);
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
