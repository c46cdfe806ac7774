using AtlasCloud.Emulation.Http;

namespace AtlasCloud.Emulation.Media;

/// <summary>The content of one part.</summary>
internal sealed class MultipartPartStream : ReadOnlyStream
{
    private readonly MultipartReader _reader;

    internal MultipartPartStream(MultipartReader reader) => _reader = reader;

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
        _reader.ReadPartAsync(buffer, cancellationToken);
}
