using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace AtlasCloud.Emulation.Chat;

/// <summary>Finds the tools that a text asks for: by their names, with JSON behind a name as its arguments.</summary>
internal static class NamedTools
{
    /// <summary>The calls in the order of the text. A name without JSON counts once.</summary>
    internal static List<ToolCall> In(string text, IReadOnlyList<ToolSpec> tools)
    {
        List<(int Place, ToolCall Call)> found = [];
        foreach (ToolSpec tool in tools)
        {
            int place = -1;
            bool isFirst = true;
            while ((place = text.IndexOf(tool.Name, place + 1, StringComparison.OrdinalIgnoreCase)) >= 0)
            {
                int end = place + tool.Name.Length;
                if ((place > 0 && IsPartOfName(text[place - 1])) || (end < text.Length && IsPartOfName(text[end])))
                {
                    continue;
                }

                string? written = WrittenArguments(text[end..]);
                if (isFirst || written is not null)
                {
                    found.Add((place, ToolCall.To(tool.Name, written ?? Invent(tool, text[end..]))));
                    isFirst = false;
                }
            }
        }

        return [.. found.OrderBy(f => f.Place).Select(f => f.Call)];
    }

    /// <summary>Arguments that fit the tool's schema.</summary>
    /// <param name="tool">The tool.</param>
    /// <param name="hint">The text behind its name; the first piece of text in the arguments is made of it.</param>
    internal static string Invent(ToolSpec tool, string hint) =>
        JsonText.Write(tool.Schema is null ? new JsonObject() : SchemaValue.Of(tool.Schema, hint.Trim(' ', ':', '.', ',', '?', '!')));

    private static bool IsPartOfName(char character) => char.IsLetterOrDigit(character) || character is '_' or '-';

    private static string? WrittenArguments(string text)
    {
        string rest = text.TrimStart(' ', ':', '(', '`', '\n', '\r', '\t');
        if (!rest.StartsWith('{'))
        {
            return null;
        }

        try
        {
            Utf8JsonReader reader = new(Encoding.UTF8.GetBytes(rest));
            return JsonNode.Parse(ref reader) is JsonObject arguments ? JsonText.Write(arguments) : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
