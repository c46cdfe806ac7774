using System.Text.Json;
using AtlasCloud.Json;
using AtlasCloud.Models;
using AtlasCloud.Text;

namespace AtlasCloud.Requests;

/// <summary>Says in words when a rule holds: "when 'resolution' is 1080p or 4k".</summary>
internal sealed class ConditionDescription(JsonElement document)
{
    private const int DeepestWords = 6;
    private readonly SchemaDescription _expectation = new(document);

    /// <summary>The words with a blank before them; empty where there is no condition.</summary>
    internal string Of(IReadOnlyList<(JsonElement Schema, bool Held)> conditions) =>
        string.Concat(conditions.Select(c => Of(c.Schema, c.Held)));

    private string Of(JsonElement schema, bool held)
    {
        if (schema.Member("if") is JsonElement condition && Words(condition, 0) is string words)
        {
            return $" {(held ? "when" : "unless")} {words}";
        }

        string description = SafeText.Sanitize(schema.Text("description"), length: 200).TrimEnd('.');
        return description.Length > 0 ? $" ({description})" : "";
    }

    private string? Words(JsonElement condition, int depth)
    {
        if (depth > DeepestWords)
        {
            return null;
        }

        JsonElement rules = SchemaReader.Resolve(condition, document);
        List<string> parts = [];
        foreach ((string name, JsonElement value) in rules.Member("properties")?.Members() ?? [])
        {
            if (value.Member("not") is JsonElement not && _expectation.Of(not) is string excluded)
            {
                parts.Add($"{Name(name)} is not {excluded}");
            }
            else if (_expectation.Of(value) is string expected)
            {
                parts.Add($"{Name(name)} is {expected}");
            }
        }

        string[] described = [.. rules.Member("properties")?.Members().Select(m => m.Name) ?? []];
        parts.AddRange(rules.Member("required").Texts().Except(described).Select(n => $"{Name(n)} is given"));
        if (rules.Member("not") is JsonElement opposite && opposite.Member("required").Texts() is { Count: > 0 } absent)
        {
            parts.Add($"{SchemaDescription.Joined([.. absent.Select(Name)], "or")} is not given");
        }

        string[] either = [.. rules.Member("anyOf").Items().Concat(rules.Member("oneOf").Items()).Select(f => Words(f, depth + 1)).OfType<string>()];
        if (either.Length > 0)
        {
            parts.Add(SchemaDescription.Joined(either, "or"));
        }

        parts.AddRange(rules.Member("allOf").Items().Select(f => Words(f, depth + 1)).OfType<string>());
        return parts.Count > 0 ? SchemaDescription.Joined(parts, "and") : null;
    }

    private static string Name(string name) => $"'{SafeText.Sanitize(name, length: 100)}'";
}
