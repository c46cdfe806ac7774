using System.Net.Http.Headers;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace AtlasCloud.Http;

/// <summary>The one way to make a JSON request body: UTF-8, without escapes that JSON does not need.</summary>
internal static class JsonBody
{
    private static readonly JsonWriterOptions s_options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The bytes of a JSON document.</summary>
    internal static byte[] Serialize(JsonNode body)
    {
        using MemoryStream stream = new();
        using (Utf8JsonWriter writer = new(stream, s_options))
        {
            body.WriteTo(writer);
        }

        return stream.ToArray();
    }

    /// <summary>Content for one attempt. Each attempt needs its own, since a message disposes its content.</summary>
    internal static HttpContent Create(byte[] json) =>
        new ByteArrayContent(json) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } };
}
