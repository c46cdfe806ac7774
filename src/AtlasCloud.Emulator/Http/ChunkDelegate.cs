namespace AtlasCloud.Emulation.Http;

/// <summary>Writes one chunk of a body.</summary>
internal delegate ValueTask ChunkDelegate(ReadOnlyMemory<byte> chunk);
