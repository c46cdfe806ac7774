using System.Text.Json;
using AtlasCloud.Json;

namespace AtlasCloud.JsonSchema;

/// <summary>What a schema says about arrays.</summary>
internal static class ArrayRules
{
    internal static void Check(SchemaValidator validator, JsonElement value, JsonElement schema, string path, int depth, List<ValidationError> faults)
    {
        int count = value.GetArrayLength();
        if (schema.Member("minItems")?.AsInteger() is long least && count < least)
        {
            faults.Add(new ValidationError(path, $"has {count} items and needs at least {least}", "minItems"));
        }

        if (schema.Member("maxItems")?.AsInteger() is long most && count > most)
        {
            faults.Add(new ValidationError(path, $"has {count} items and may have {most} at most", "maxItems"));
        }

        if (schema.Member("uniqueItems")?.AsBoolean() == true && HasDoubles([.. value.EnumerateArray()]))
        {
            faults.Add(new ValidationError(path, "has the same item twice", "uniqueItems"));
        }

        // Older schemas give a list of items, each for its place, newer ones call that prefixItems.
        JsonElement? items = schema.Member("items");
        JsonElement[] places = [.. (items is { ValueKind: JsonValueKind.Array } ? items : schema.Member("prefixItems")).Items()];
        JsonElement? others = items is { ValueKind: JsonValueKind.Array } ? schema.Member("additionalItems") : items;
        int index = 0;
        foreach (JsonElement item in value.EnumerateArray())
        {
            if ((index < places.Length ? places[index] : others) is JsonElement rules)
            {
                faults.AddRange(validator.Check(item, rules, $"{path}[{index}]", depth + 1));
            }

            index++;
        }

        if (schema.Member("contains") is JsonElement wanted && !value.EnumerateArray().Any(i => validator.Fits(i, wanted, depth + 1)))
        {
            faults.Add(new ValidationError(path, "has no item of the kind that it needs", "contains"));
        }
    }

    private static bool HasDoubles(JsonElement[] items)
    {
        for (int i = 1; i < items.Length; i++)
        {
            if (items.Take(i).Any(earlier => JsonEquality.AreEqual(earlier, items[i])))
            {
                return true;
            }
        }

        return false;
    }
}
