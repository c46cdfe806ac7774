namespace AtlasCloud.Emulation.Http;

/// <summary>The request line and the headers.</summary>
internal sealed record RequestHead(string Method, string Target, string Version, HeaderCollection Headers)
{
    internal bool IsKeepAlive =>
        Version == "HTTP/1.0" ? Headers.HasToken("Connection", "keep-alive") : !Headers.HasToken("Connection", "close");
}
