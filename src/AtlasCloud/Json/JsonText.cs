using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using AtlasCloud.Text;

namespace AtlasCloud.Json;

/// <summary>Parses JSON without throwing, and serializes it.</summary>
internal static class JsonText
{
    private static readonly JsonDocumentOptions s_parserOptions = new() { MaxDepth = 64, AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip };
    private static readonly JsonWriterOptions s_writerOptions = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Parses text; null if it is not JSON or exceeds <see cref="JsonLimits"/>.</summary>
    internal static JsonElement? Parse(string text) => Parse(Encoding.UTF8.GetBytes(text));

    /// <summary>Parses UTF-8 bytes; null if they are not JSON or exceed <see cref="JsonLimits"/>.</summary>
    internal static JsonElement? Parse(ReadOnlySpan<byte> utf8)
    {
        try
        {
            return JsonLimits.Parse(utf8, s_parserOptions);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>Converts a node to an element.</summary>
    internal static JsonElement ToElement(JsonNode? node) => JsonSerializer.SerializeToElement(node!, AtlasJson.Default.JsonNode);

    /// <summary>Serializes a node to text, escaping only what JSON requires. A null reference becomes <c>null</c>.</summary>
    internal static string Write(JsonNode? node) => node is null ? "null" : Encoding.UTF8.GetString(WriteBuffer(node).WrittenSpan);

    /// <summary>Serializes a node to UTF-8, escaping only what JSON requires.</summary>
    internal static byte[] WriteUtf8(JsonNode node) => WriteBuffer(node).WrittenSpan.ToArray();

    /// <summary>
    /// Returns a string without control characters; empty if the element is not a string. A surrogate pair that the sender split between two chunks
    /// of a stream is returned as its halves.
    /// </summary>
    internal static string GetText(JsonElement? element) => SafeText.StripControlCharacters(GetExactText(element));

    /// <summary>Returns the same string with its control characters.</summary>
    internal static string GetExactText(JsonElement? element)
    {
        if (element is not JsonElement { ValueKind: JsonValueKind.String } text)
        {
            return "";
        }

        try
        {
            return text.GetString() ?? "";
        }
        catch (InvalidOperationException)
        {
            return Unescape(text.GetRawText().AsSpan()[1..^1]);
        }
    }

    private static ArrayBufferWriter<byte> WriteBuffer(JsonNode node)
    {
        ArrayBufferWriter<byte> buffer = new();
        using Utf8JsonWriter writer = new(buffer, s_writerOptions);
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
