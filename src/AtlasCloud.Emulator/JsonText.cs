using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace AtlasCloud.Emulation;

/// <summary>JSON as the service writes it: no escapes but the necessary ones.</summary>
internal static class JsonText
{
    private const string HighSurrogate = "\\uD";

    private static readonly JsonSerializerOptions s_options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    internal static string Write(JsonNode node)
    {
        string text = node.ToJsonString(s_options);
        return text.Contains(HighSurrogate, StringComparison.Ordinal) ? UnescapeSurrogates(text) : text;
    }

    /// <summary>Reads an object; null where the text is none.</summary>
    internal static JsonObject? TryReadObject(ReadOnlySpan<byte> utf8)
    {
        try
        {
            if (utf8.StartsWith("\uFEFF"u8))
            {
                utf8 = utf8[3..];
            }

            JsonObject? parsed = JsonNode.Parse(utf8) as JsonObject;

            // A node reads its members when first asked, and finds a name given twice only then.
            _ = parsed?.Count;
            return parsed;
        }
        catch (Exception exception) when (exception is JsonException or ArgumentException)
        {
            return null;
        }
    }

    /// <summary>Puts the characters back that no encoder of the runtime leaves alone, those of two units each.</summary>
    private static string UnescapeSurrogates(string text)
    {
        StringBuilder result = new(text.Length);
        for (int i = 0; i < text.Length; i++)
        {
            result.Append(text[i]);
            if (text[i] != '\\')
            {
                continue;
            }

            if (string.CompareOrdinal(text, i, HighSurrogate, 0, HighSurrogate.Length) == 0)
            {
                result[^1] = ParseCodeUnit(text, i);
                i += 5;
            }
            else
            {
                result.Append(text[++i]);
            }
        }

        return result.ToString();
    }

    private static char ParseCodeUnit(string text, int index) =>
        (char)ushort.Parse(text.AsSpan(index + 2, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
}
