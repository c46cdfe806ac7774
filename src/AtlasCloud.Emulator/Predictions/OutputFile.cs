namespace AtlasCloud.Emulation.Predictions;

/// <summary>An output file of a task. The bytes are rendered on demand.</summary>
internal sealed record OutputFile(int Index, string Extension, string ContentType, Func<byte[]> Render);
