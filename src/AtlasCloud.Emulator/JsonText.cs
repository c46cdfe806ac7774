using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace AtlasCloud.Emulation;

/// <summary>JSON as the service writes it: no escapes but the necessary ones.</summary>
internal static class JsonText
{
    private static readonly JsonSerializerOptions s_options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    internal static string Write(JsonNode node) => node.ToJsonString(s_options);

    /// <summary>Reads an object; null where the text is none.</summary>
    internal static JsonObject? TryReadObject(ReadOnlySpan<byte> utf8)
    {
        try
        {
            if (utf8.StartsWith("\uFEFF"u8))
            {
                utf8 = utf8[3..];
            }

            JsonObject? read = JsonNode.Parse(utf8) as JsonObject;

            // A node reads its members when first asked, and finds a name given twice only then.
            _ = read?.Count;
            return read;
        }
        catch (Exception exception) when (exception is JsonException or ArgumentException)
        {
            return null;
        }
    }
}
