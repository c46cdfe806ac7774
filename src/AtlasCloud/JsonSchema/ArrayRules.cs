using System.Text.Json;
using AtlasCloud.Json;

namespace AtlasCloud.JsonSchema;

/// <summary>Checks an array against the array keywords of a schema.</summary>
internal static class ArrayRules
{
    internal static void Check(SchemaValidator validator, JsonElement value, JsonElement schema, string path, int depth, List<ValidationError> errors)
    {
        int count = value.GetArrayLength();
        if (schema.Member("minItems")?.AsInteger() is long min && count < min)
        {
            errors.Add(new ValidationError(path, $"must have at least {min} items, not {count}", "minItems"));
        }

        if (schema.Member("maxItems")?.AsInteger() is long max && count > max)
        {
            errors.Add(new ValidationError(path, $"must have at most {max} items, not {count}", "maxItems"));
        }

        if (schema.Member("uniqueItems")?.AsBoolean() == true && HasDuplicates([.. value.EnumerateArray()], validator.Limit, path))
        {
            errors.Add(new ValidationError(path, "contains a duplicate item", "uniqueItems"));
        }

        // Before draft 2020-12, an array under items had the meaning of prefixItems.
        JsonElement? items = schema.Member("items");
        JsonElement[] prefix = [.. (items is { ValueKind: JsonValueKind.Array } ? items : schema.Member("prefixItems")).Items()];
        JsonElement? additional = items is { ValueKind: JsonValueKind.Array } ? schema.Member("additionalItems") : items;
        int index = 0;
        foreach (JsonElement item in value.EnumerateArray())
        {
            if ((index < prefix.Length ? prefix[index] : additional) is JsonElement rules)
            {
                errors.AddRange(validator.Check(item, rules, $"{path}[{index}]", depth + 1));
            }

            index++;
        }

        if (schema.Member("contains") is JsonElement required && value.EnumerateArray().All(i => validator.IsValid(i, required, path, depth + 1) == false))
        {
            errors.Add(new ValidationError(path, "contains no item of the required kind", "contains"));
        }
    }

    private static bool HasDuplicates(JsonElement[] items, ValidationLimit limit, string path)
    {
        for (int i = 1; i < items.Length; i++)
        {
            if (limit.IsTimeUp)
            {
                limit.Skip(path, "uniqueItems");
                return false;
            }

            if (items.Take(i).Any(earlier => JsonEquality.AreEqual(earlier, items[i])))
            {
                return true;
            }
        }

        return false;
    }
}
