using AtlasCloud.Emulation.Http;

namespace AtlasCloud.Emulation.Tests.Support;

/// <summary>A stream of zeros of any length that needs no memory. It does not report its length, so HTTP clients send it in chunks.</summary>
internal sealed class EndlessStream : ReadOnlyStream
{
    private long _remaining;

    internal EndlessStream(long length) => _remaining = length;

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        int read = (int)Math.Min(buffer.Length, _remaining);
        _remaining -= read;
        return ValueTask.FromResult(read);
    }
}
