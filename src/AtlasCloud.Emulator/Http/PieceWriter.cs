namespace AtlasCloud.Emulation.Http;

/// <summary>Takes one piece of a body to the wire.</summary>
internal delegate ValueTask PieceWriter(ReadOnlyMemory<byte> piece);
