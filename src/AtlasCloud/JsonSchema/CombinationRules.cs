using System.Text.Json;
using AtlasCloud.Json;

namespace AtlasCloud.JsonSchema;

/// <summary>What a schema says by other schemas.</summary>
internal static class CombinationRules
{
    internal static void Check(SchemaValidator validator, JsonElement value, JsonElement schema, string path, int depth, List<ValidationError> faults)
    {
        int next = depth + 1;
        foreach (JsonElement all in schema.Member("allOf").Items())
        {
            faults.AddRange(validator.Check(value, all, path, next));
        }

        CheckAny(validator, value, schema, path, next, faults);
        CheckOne(validator, value, schema, path, next, faults);
        if (schema.Member("not") is JsonElement not && validator.Fits(value, not, next))
        {
            faults.Add(new ValidationError(path, "is what it must not be", "not"));
        }

        if (schema.Member("if") is JsonElement condition)
        {
            bool holds = validator.Fits(value, condition, next);
            if (schema.Member(holds ? "then" : "else") is JsonElement consequence)
            {
                faults.AddRange(validator.Check(value, consequence, path, next).Select(f => f with { Conditions = [(schema, holds), .. f.Conditions] }));
            }
        }
    }

    private static void CheckAny(SchemaValidator validator, JsonElement value, JsonElement schema, string path, int depth, List<ValidationError> faults)
    {
        List<ValidationError>[] tried = [.. schema.Member("anyOf").Items().Select(s => validator.Check(value, s, path, depth))];
        if (tried.Length > 0 && tried.All(f => f.Count > 0))
        {
            faults.Add(Nearest(path, tried, "anyOf"));
        }
    }

    private static void CheckOne(SchemaValidator validator, JsonElement value, JsonElement schema, string path, int depth, List<ValidationError> faults)
    {
        List<ValidationError>[] tried = [.. schema.Member("oneOf").Items().Select(s => validator.Check(value, s, path, depth))];
        int fitting = tried.Count(f => f.Count == 0);
        if (tried.Length > 0 && fitting == 0)
        {
            faults.Add(Nearest(path, tried, "oneOf"));
        }
        else if (fitting > 1)
        {
            faults.Add(new ValidationError(path, $"fits {fitting} of its forms and may fit only one", "oneOf"));
        }
    }

    // The form that is nearest is most likely the one that was meant.
    private static ValidationError Nearest(string path, List<ValidationError>[] tried, string keyword) =>
        new(path, $"fits none of its {tried.Length} forms; the nearest: {string.Join("; ", tried.MinBy(f => f.Count)!)}", keyword) { Forms = tried };
}
