using System.Text.Json;
using System.Text.RegularExpressions;
using AtlasCloud.Json;

namespace AtlasCloud.JsonSchema;

/// <summary>Checks an object against the object keywords of a schema.</summary>
internal static partial class ObjectRules
{
    internal static void Check(SchemaValidator validator, JsonElement value, JsonElement schema, string path, int depth, List<ValidationError> errors)
    {
        foreach (string name in schema.Member("required").Texts().Except(value.Members().Select(m => m.Name), StringComparer.Ordinal))
        {
            errors.Add(new ValidationError(AppendMember(path, name), "is missing", "required"));
        }

        (string Name, JsonElement Value)[] members = [.. value.Members()];
        int count = members.Length;
        if (schema.Member("minProperties")?.AsInteger() is long min && count < min)
        {
            errors.Add(new ValidationError(path, $"must have at least {min} members, not {count}", "minProperties"));
        }

        if (schema.Member("maxProperties")?.AsInteger() is long max && count > max)
        {
            errors.Add(new ValidationError(path, $"must have at most {max} members, not {count}", "maxProperties"));
        }

        JsonElement? properties = schema.Member("properties");
        JsonElement? additional = schema.Member("additionalProperties");
        foreach ((string Name, JsonElement Value) member in members)
        {
            string memberPath = AppendMember(path, member.Name);
            if (properties?.Member(member.Name) is JsonElement rules)
            {
                errors.AddRange(validator.Check(member.Value, rules, memberPath, depth + 1));
            }
            else if (additional is { ValueKind: JsonValueKind.False } && !HasPatterns(schema))
            {
                errors.Add(new ValidationError(memberPath, "is not a known member", "additionalProperties"));
            }
            else if (additional is { ValueKind: JsonValueKind.Object } additionalRules)
            {
                errors.AddRange(validator.Check(member.Value, additionalRules, memberPath, depth + 1));
            }
        }
    }

    // patternProperties is rare and not checked, but it means that further members are allowed.
    private static bool HasPatterns(JsonElement schema) =>
        schema.Member("patternProperties") is JsonElement { ValueKind: JsonValueKind.Object } patterns && patterns.EnumerateObject().Any();

    /// <summary>Appends a member to a JSON path: <c>$.name</c>, or <c>$['a name']</c> if the name is not an identifier.</summary>
    internal static string AppendMember(string path, string name) =>
        Identifier().IsMatch(name) ? $"{path}.{name}" : $"{path}['{name.Replace("'", "\\'", StringComparison.Ordinal)}']";

    [GeneratedRegex("^[A-Za-z_][A-Za-z0-9_]*$", RegexOptions.CultureInvariant)]
    private static partial Regex Identifier();
}
