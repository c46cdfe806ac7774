using System.Text.Json;
using AtlasCloud.Json;

namespace AtlasCloud.JsonSchema;

/// <summary>Checks a value against the keywords that combine schemas: allOf, anyOf, oneOf, not, if.</summary>
internal static class CombinationRules
{
    internal static void Check(SchemaValidator validator, JsonElement value, JsonElement schema, string path, int depth, List<ValidationError> errors)
    {
        int next = depth + 1;
        foreach (JsonElement all in schema.Member("allOf").Items())
        {
            errors.AddRange(validator.Check(value, all, path, next));
        }

        CheckAnyOf(validator, value, schema, path, next, errors);
        CheckOneOf(validator, value, schema, path, next, errors);
        if (schema.Member("not") is JsonElement not && validator.IsValid(value, not, path, next) == true)
        {
            errors.Add(new ValidationError(path, "matches a schema that is excluded", "not"));
        }

        if (schema.Member("if") is JsonElement condition && validator.IsValid(value, condition, path, next) is bool isMet)
        {
            if (schema.Member(isMet ? "then" : "else") is JsonElement consequence)
            {
                errors.AddRange(validator.Check(value, consequence, path, next).Select(e => e with { Conditions = [(schema, isMet), .. e.Conditions] }));
            }
        }
    }

    private static void CheckAnyOf(SchemaValidator validator, JsonElement value, JsonElement schema, string path, int depth, List<ValidationError> errors)
    {
        List<ValidationError>[] alternatives = [.. schema.Member("anyOf").Items().Select(s => validator.Check(value, s, path, depth))];
        if (alternatives.Length > 0 && alternatives.All(a => a.Count > 0))
        {
            errors.Add(CreateClosest(path, alternatives, "anyOf"));
        }
    }

    private static void CheckOneOf(SchemaValidator validator, JsonElement value, JsonElement schema, string path, int depth, List<ValidationError> errors)
    {
        int skipped = validator.Limit.SkippedCount;
        List<ValidationError>[] alternatives = [.. schema.Member("oneOf").Items().Select(s => validator.Check(value, s, path, depth))];
        int matches = alternatives.Count(a => a.Count == 0);
        if (alternatives.Length > 0 && matches == 0)
        {
            errors.Add(CreateClosest(path, alternatives, "oneOf"));
        }
        else if (matches > 1 && skipped == validator.Limit.SkippedCount)
        {
            errors.Add(new ValidationError(path, $"matches {matches} alternatives, but only one is allowed", "oneOf"));
        }
    }

    // The alternative with the fewest errors is most likely the intended one.
    private static ValidationError CreateClosest(string path, List<ValidationError>[] alternatives, string keyword) =>
        new(path, $"matches none of {alternatives.Length} alternatives; the closest: {string.Join("; ", alternatives.MinBy(a => a.Count)!)}", keyword) { Alternatives = alternatives };
}
