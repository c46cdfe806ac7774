using System.Text.Json;
using AtlasCloud.Json;

namespace AtlasCloud.JsonSchema;

/// <summary>Strings that hold several values of their enum, joined by commas: the keyword <c>x-multiple</c> of model schemas.</summary>
internal static class MultipleChoice
{
    /// <summary>Whether a schema describes such a string.</summary>
    internal static bool Applies(JsonElement schema) =>
        schema.Member("x-multiple")?.AsBoolean() == true
        && schema.Member("enum") is JsonElement { ValueKind: JsonValueKind.Array }
        && (schema.Text("type") ?? "string") == "string";

    /// <summary>The values in a text, without the spaces around them. An empty one between two commas is included.</summary>
    internal static string[] Split(string text) => text.Split(',', StringSplitOptions.TrimEntries);

    /// <summary>Returns the errors of a string. A value that contains a comma itself is only accepted alone.</summary>
    internal static IEnumerable<ValidationError> Check(string text, JsonElement choices, string path)
    {
        HashSet<string> allowed = new(choices.EnumerateArray().Select(c => c.AsText()).OfType<string>(), StringComparer.Ordinal);
        if (allowed.Contains(text))
        {
            yield break;
        }

        HashSet<string> seen = new(StringComparer.Ordinal);
        foreach (string item in Split(text))
        {
            if (item.Length == 0)
            {
                yield return new ValidationError(path, "contains an empty choice", "x-multiple") { Choice = "" };
                yield break;
            }

            if (!allowed.Contains(item))
            {
                yield return new ValidationError(path, $"has no choice '{item}'", "x-multiple") { Choice = item };
            }
            else if (!seen.Add(item))
            {
                yield return new ValidationError(path, $"contains '{item}' more than once", "x-multiple") { Choice = item };
            }
        }
    }
}
