using System.Text.Json;
using AtlasCloud.Json;
using AtlasCloud.Models;
using AtlasCloud.Text;

namespace AtlasCloud.Requests;

/// <summary>Describes the condition of a rule: "when 'resolution' is 1080p or 4k".</summary>
internal sealed class ConditionDescription(JsonElement document)
{
    private const int MaxDepth = 6;
    private readonly SchemaDescription _schemaDescription = new(document);

    /// <summary>The conditions, each with a leading space; empty if there are none.</summary>
    internal string Describe(IReadOnlyList<(JsonElement Schema, bool Held)> conditions) =>
        string.Concat(conditions.Select(c => Describe(c.Schema, c.Held)));

    private string Describe(JsonElement schema, bool held)
    {
        if (schema.Member("if") is JsonElement condition && DescribeRules(condition, 0) is string rules)
        {
            return $" {(held ? "when" : "unless")} {rules}";
        }

        string description = SafeText.Sanitize(schema.Text("description"), length: 200).TrimEnd('.');
        return description.Length > 0 ? $" ({description})" : "";
    }

    private string? DescribeRules(JsonElement condition, int depth)
    {
        if (depth > MaxDepth)
        {
            return null;
        }

        JsonElement rules = SchemaReader.Resolve(condition, document);
        List<string> parts = [];
        foreach ((string name, JsonElement value) in rules.Member("properties")?.Members() ?? [])
        {
            if (value.Member("not") is JsonElement not && _schemaDescription.Describe(not) is string excluded)
            {
                parts.Add($"{Quote(name)} is not {excluded}");
            }
            else if (_schemaDescription.Describe(value) is string expected)
            {
                parts.Add($"{Quote(name)} is {expected}");
            }
        }

        string[] described = [.. rules.Member("properties")?.Members().Select(m => m.Name) ?? []];
        parts.AddRange(rules.Member("required").Texts().Except(described).Select(n => $"{Quote(n)} is given"));
        if (rules.Member("not") is JsonElement opposite && opposite.Member("required").Texts() is { Count: > 0 } absent)
        {
            parts.Add($"{SchemaDescription.Join([.. absent.Select(Quote)], "or")} is not given");
        }

        string[] either = [.. rules.Member("anyOf").Items().Concat(rules.Member("oneOf").Items()).Select(f => DescribeRules(f, depth + 1)).OfType<string>()];
        if (either.Length > 0)
        {
            parts.Add(SchemaDescription.Join(either, "or"));
        }

        parts.AddRange(rules.Member("allOf").Items().Select(f => DescribeRules(f, depth + 1)).OfType<string>());
        return parts.Count > 0 ? SchemaDescription.Join(parts, "and") : null;
    }

    private static string Quote(string name) => $"'{SafeText.Sanitize(name, length: 100)}'";
}
