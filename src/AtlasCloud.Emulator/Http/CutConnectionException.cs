namespace AtlasCloud.Emulation.Http;

/// <summary>Ends a streamed body in the middle.</summary>
internal sealed class CutConnectionException : Exception;
