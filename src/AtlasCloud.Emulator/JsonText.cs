using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace AtlasCloud.Emulation;

/// <summary>JSON in the format of the service, which escapes only what it must.</summary>
internal static class JsonText
{
    private const string HighSurrogate = "\\uD";

    private static readonly JsonSerializerOptions s_options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    internal static string Write(JsonNode node)
    {
        string text = node.ToJsonString(s_options);
        return text.Contains(HighSurrogate, StringComparison.Ordinal) ? UnescapeSurrogates(text) : text;
    }

    /// <summary>Parses an object; null if the text is not a JSON object.</summary>
    internal static JsonObject? TryReadObject(ReadOnlySpan<byte> utf8)
    {
        try
        {
            if (utf8.StartsWith("\uFEFF"u8))
            {
                utf8 = utf8[3..];
            }

            JsonObject? parsed = JsonNode.Parse(utf8) as JsonObject;

            // Nodes parse their members lazily and detect duplicate names only on the first access.
            _ = parsed?.Count;
            return parsed;
        }
        catch (Exception exception) when (exception is JsonException or ArgumentException)
        {
            return null;
        }
    }

    /// <summary>Unescapes surrogate pairs, which every built-in encoder escapes.</summary>
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
