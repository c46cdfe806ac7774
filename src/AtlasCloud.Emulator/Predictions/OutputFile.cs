namespace AtlasCloud.Emulation.Predictions;

/// <summary>One file that a task delivers. The bytes are made when somebody wants them.</summary>
internal sealed record OutputFile(int Index, string Extension, string ContentType, Func<byte[]> Render);
