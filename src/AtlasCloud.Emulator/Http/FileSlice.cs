namespace AtlasCloud.Emulation.Http;

/// <summary>A part of a file.</summary>
internal sealed record FileSlice(string Path, long Offset, long Length);
