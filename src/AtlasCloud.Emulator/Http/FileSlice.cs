namespace AtlasCloud.Emulation.Http;

/// <summary>A range of a file.</summary>
internal sealed record FileSlice(string Path, long Offset, long Length);
