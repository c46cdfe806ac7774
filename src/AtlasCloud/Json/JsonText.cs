using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using AtlasCloud.Text;

namespace AtlasCloud.Json;

/// <summary>JSON from text that may be anything, and text from JSON.</summary>
internal static class JsonText
{
    private static readonly JsonDocumentOptions s_limits = new() { MaxDepth = 64, AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip };
    private static readonly JsonWriterOptions s_plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Parses text; null if it is not JSON.</summary>
    internal static JsonElement? Parse(string text) => Parse(Encoding.UTF8.GetBytes(text));

    /// <summary>Parses UTF-8 bytes; null if they are not JSON.</summary>
    internal static JsonElement? Parse(ReadOnlySpan<byte> utf8)
    {
        try
        {
            return JsonLimits.Parse(utf8, s_limits);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>The same value, to be read.</summary>
    internal static JsonElement ToElement(JsonNode? node) => JsonSerializer.SerializeToElement(node!, AtlasJson.Default.JsonNode);

    /// <summary>Serializes a node to text, escaping only what JSON requires. No node is <c>null</c>.</summary>
    internal static string Write(JsonNode? node) => node is null ? "null" : Encoding.UTF8.GetString(WriteBuffer(node).WrittenSpan);

    /// <summary>Serializes a node to UTF-8, escaping only what JSON requires.</summary>
    internal static byte[] WriteUtf8(JsonNode node) => WriteBuffer(node).WrittenSpan.ToArray();

    /// <summary>The text of a piece of a stream, fit to be shown. A character that the sender cut in two halves comes as halves; empty for what is no text.</summary>
    internal static string Piece(JsonElement? element) => SafeText.StripControlCharacters(Exact(element));

    /// <summary>The same with all its characters.</summary>
    internal static string Exact(JsonElement? element)
    {
        if (element is not JsonElement { ValueKind: JsonValueKind.String } piece)
        {
            return "";
        }

        try
        {
            return piece.GetString() ?? "";
        }
        catch (InvalidOperationException)
        {
            return Unescape(piece.GetRawText().AsSpan()[1..^1]);
        }
    }

    private static ArrayBufferWriter<byte> WriteBuffer(JsonNode node)
    {
        ArrayBufferWriter<byte> buffer = new();
        using Utf8JsonWriter writer = new(buffer, s_plain);
        node.WriteTo(writer);
        writer.Flush();
        return buffer;
    }

    private static string Unescape(ReadOnlySpan<char> raw)
    {
        StringBuilder text = new(raw.Length);
        for (int i = 0; i < raw.Length; i++)
        {
            if (raw[i] != '\\')
            {
                text.Append(raw[i]);
                continue;
            }

            char escape = raw[++i];
            if (escape == 'u')
            {
                text.Append((char)Convert.ToUInt16(raw.Slice(i + 1, 4).ToString(), 16));
                i += 4;
                continue;
            }

            text.Append(escape switch { 'n' => '\n', 'r' => '\r', 't' => '\t', 'b' => '\b', 'f' => '\f', _ => escape });
        }

        return text.ToString();
    }
}
