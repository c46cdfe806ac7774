namespace AtlasCloud.Emulation.Http;

/// <summary>Takes one piece of a body to the wire.</summary>
internal delegate ValueTask ChunkDelegate(ReadOnlyMemory<byte> chunk);
