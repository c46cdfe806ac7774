using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace AtlasCloud.Emulation.Chat;

/// <summary>Detects tool calls in a prompt: the name of a tool, optionally followed by its arguments as JSON.</summary>
internal static class ToolCallDetector
{
    /// <summary>The calls in the order of the text. Names without JSON count only once.</summary>
    internal static List<ToolCall> Detect(string text, IReadOnlyList<ToolDefinition> tools)
    {
        List<(int Place, ToolCall Call)> found = [];
        foreach (ToolDefinition tool in tools)
        {
            int index = -1;
            bool isFirst = true;
            while ((index = text.IndexOf(tool.Name, index + 1, StringComparison.OrdinalIgnoreCase)) >= 0)
            {
                int end = index + tool.Name.Length;
                if ((index > 0 && IsNameCharacter(text[index - 1])) || (end < text.Length && IsNameCharacter(text[end])))
                {
                    continue;
                }

                string? arguments = ParseArguments(text[end..]);
                if (isFirst || arguments is not null)
                {
                    found.Add((index, ToolCall.Create(tool.Name, arguments ?? GenerateArguments(tool, text[end..]))));
                    isFirst = false;
                }
            }
        }

        return [.. found.OrderBy(f => f.Place).Select(f => f.Call)];
    }

    /// <summary>Generates arguments that match the tool's schema.</summary>
    /// <param name="tool">The tool.</param>
    /// <param name="hint">The text after the name; used as the first string of the arguments.</param>
    internal static string GenerateArguments(ToolDefinition tool, string hint) =>
        JsonText.Write(tool.Schema is null ? new JsonObject() : SchemaSampleGenerator.Generate(tool.Schema, hint.Trim(' ', ':', '.', ',', '?', '!')));

    private static bool IsNameCharacter(char character) => char.IsLetterOrDigit(character) || character is '_' or '-';

    private static string? ParseArguments(string text)
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
