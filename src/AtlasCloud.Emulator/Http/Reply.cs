using System.Text;
using System.Text.Json.Nodes;

namespace AtlasCloud.Emulation.Http;

/// <summary>An HTTP response. The body is a byte array, a range of a file, or written in chunks.</summary>
internal sealed class Reply
{
    internal const string JsonType = "application/json";

    internal int Status { get; set; } = 200;

    internal string? ContentType { get; set; }

    internal HeaderCollection Headers { get; } = new();

    internal byte[] Bytes { get; private init; } = [];

    internal FileSlice? File { get; private init; }

    /// <summary>Writes the body through the delegate, one chunk per call; null if the body is known in advance.</summary>
    internal Func<ChunkDelegate, CancellationToken, Task>? WriteChunks { get; private init; }

    /// <summary>Whether closing the connection ends the body, as in a truncated stream.</summary>
    internal bool ClosesConnection { get; init; }

    internal bool HasBody => Status is not (204 or 304) and >= 200;

    internal long Length => File?.Length ?? Bytes.Length;

    internal static Reply Json(JsonNode body, int status = 200) => Text(JsonText.Write(body), JsonType, status);

    internal static Reply Text(string body, string? contentType, int status = 200) =>
        Create(Encoding.UTF8.GetBytes(body), contentType, status);

    internal static Reply Create(byte[] bytes, string? contentType, int status = 200, bool closesConnection = false) =>
        new() { Bytes = bytes, ContentType = contentType, Status = status, ClosesConnection = closesConnection };

    internal static Reply Create(FileSlice file, string? contentType, int status = 200) =>
        new() { File = file, ContentType = contentType, Status = status };

    internal static Reply CreateStream(Func<ChunkDelegate, CancellationToken, Task> writeChunks, string contentType) =>
        new() { WriteChunks = writeChunks, ContentType = contentType };

    internal Reply WithHeader(string name, string value)
    {
        Headers.Add(name, value);
        return this;
    }

    /// <summary>Copies the reply with another body.</summary>
    internal Reply WithBody(byte[] bytes)
    {
        Reply copy = Create(bytes, ContentType, Status, ClosesConnection);
        foreach ((string name, string value) in Headers.Lines)
        {
            copy.Headers.Add(name, value);
        }

        return copy;
    }

    /// <summary>Copies the reply with a text as its body.</summary>
    internal Reply WithBody(string text) => WithBody(Encoding.UTF8.GetBytes(text));

    /// <summary>Replaces the content type.</summary>
    internal Reply WithContentType(string? contentType)
    {
        ContentType = contentType;
        return this;
    }
}
