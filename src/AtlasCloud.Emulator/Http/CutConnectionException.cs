namespace AtlasCloud.Emulation.Http;

/// <summary>Closes the connection within a streamed body.</summary>
internal sealed class CutConnectionException : Exception;
