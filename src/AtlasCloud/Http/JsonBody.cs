using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using AtlasCloud.Json;

namespace AtlasCloud.Http;

/// <summary>The one way to make a JSON request body: UTF-8, without escapes that JSON does not need.</summary>
internal static class JsonBody
{
    /// <summary>The bytes of a JSON document.</summary>
    internal static byte[] Serialize(JsonNode body) => JsonText.WriteUtf8(body);

    /// <summary>Content for one attempt. Each attempt needs its own, since a message disposes its content.</summary>
    internal static HttpContent Create(byte[] json) =>
        new ByteArrayContent(json) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } };
}
