using System.Text.Json;
using System.Text.RegularExpressions;
using AtlasCloud.Json;

namespace AtlasCloud.JsonSchema;

/// <summary>What a schema says about objects.</summary>
internal static partial class ObjectRules
{
    internal static void Check(SchemaValidator validator, JsonElement value, JsonElement schema, string path, int depth, List<ValidationError> faults)
    {
        foreach (string name in schema.Member("required").Texts().Except(value.Members().Select(m => m.Name), StringComparer.Ordinal))
        {
            faults.Add(new ValidationError(PathOf(path, name), "is missing", "required"));
        }

        (string Name, JsonElement Value)[] members = [.. value.Members()];
        int count = members.Length;
        if (schema.Member("minProperties")?.AsInteger() is long least && count < least)
        {
            faults.Add(new ValidationError(path, $"has {count} members and needs at least {least}", "minProperties"));
        }

        if (schema.Member("maxProperties")?.AsInteger() is long most && count > most)
        {
            faults.Add(new ValidationError(path, $"has {count} members and may have {most} at most", "maxProperties"));
        }

        JsonElement? properties = schema.Member("properties");
        JsonElement? others = schema.Member("additionalProperties");
        foreach ((string Name, JsonElement Value) member in members)
        {
            string memberPath = PathOf(path, member.Name);
            if (properties?.Member(member.Name) is JsonElement rules)
            {
                faults.AddRange(validator.Check(member.Value, rules, memberPath, depth + 1));
            }
            else if (others is { ValueKind: JsonValueKind.False } && !HasPatterns(schema))
            {
                faults.Add(new ValidationError(memberPath, "is not a member that is known", "additionalProperties"));
            }
            else if (others is { ValueKind: JsonValueKind.Object } rest)
            {
                faults.AddRange(validator.Check(member.Value, rest, memberPath, depth + 1));
            }
        }
    }

    // Rules by patterns of names are rare enough to let them pass; their members are known nevertheless.
    private static bool HasPatterns(JsonElement schema) =>
        schema.Member("patternProperties") is JsonElement { ValueKind: JsonValueKind.Object } patterns && patterns.EnumerateObject().Any();

    internal static string PathOf(string path, string name) =>
        PlainName().IsMatch(name) ? $"{path}.{name}" : $"{path}['{name.Replace("'", "\\'", StringComparison.Ordinal)}']";

    [GeneratedRegex("^[A-Za-z_][A-Za-z0-9_]*$", RegexOptions.CultureInvariant)]
    private static partial Regex PlainName();
}
