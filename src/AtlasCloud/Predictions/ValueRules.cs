using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using AtlasCloud.Http;

namespace AtlasCloud;

/// <summary>What a model's schema allows for one value. Media are not looked at: what stands for them changes with the upload.</summary>
internal static class ValueRules
{
    private const int MostShown = 60;

    /// <summary>What is wrong with a value, a sentence each.</summary>
    internal static IEnumerable<string> Faults(JsonNode value, ModelParameter parameter)
    {
        string name = parameter.Name;
        if (!HasType(value, parameter.Type))
        {
            yield return $"'{name}' has to be {Article(parameter.Type)}, not {Shown(value)}.";
            yield break;
        }

        if (parameter.AllowedValues.Count > 0 && value is JsonValue && !parameter.AllowedValues.Any(a => JsonNode.DeepEquals(JsonPlain.ToJson(a), value)))
        {
            yield return $"'{name}' cannot be {Shown(value)}; it can be {string.Join(", ", parameter.AllowedValues.Select(a => Convert.ToString(a, CultureInfo.InvariantCulture)))}.";
            yield break;
        }

        if (value.GetValueKind() == JsonValueKind.Number && decimal.TryParse(value.ToJsonString(), NumberStyles.Float, CultureInfo.InvariantCulture, out decimal number))
        {
            foreach (string fault in Outside(name, "", number, parameter.Minimum, parameter.Maximum))
            {
                yield return fault;
            }
        }
        else if (value.GetValueKind() == JsonValueKind.String)
        {
            foreach (string fault in Outside(name, " characters", value.GetValue<string>().Length, parameter.MinimumLength, parameter.MaximumLength))
            {
                yield return fault;
            }
        }
    }

    /// <summary>How many elements an array may have.</summary>
    internal static IEnumerable<string> CountFaults(JsonArray list, ModelParameter parameter) =>
        Outside(parameter.Name, " elements", list.Count, parameter.MinimumCount, parameter.MaximumCount);

    private static IEnumerable<string> Outside(string name, string unit, decimal has, decimal? minimum, decimal? maximum)
    {
        string Say(string limit, decimal? bound) => string.Create(CultureInfo.InvariantCulture, $"'{name}' is at {limit} {bound}{unit}, not {has}.");
        if (has < minimum)
        {
            yield return Say("least", minimum);
        }
        else if (has > maximum)
        {
            yield return Say("most", maximum);
        }
    }

    // Some schemas call a text an array; a type that is not known here says nothing.
    private static bool HasType(JsonNode value, string type) => (type, value.GetValueKind()) switch
    {
        ("integer", JsonValueKind.Number) => decimal.TryParse(value.ToJsonString(), NumberStyles.Float, CultureInfo.InvariantCulture, out decimal n) && n == decimal.Truncate(n),
        ("number", JsonValueKind.Number) or ("boolean", JsonValueKind.True or JsonValueKind.False) => true,
        ("string", JsonValueKind.String) or ("object", JsonValueKind.Object) or ("array", JsonValueKind.Array) => true,
        ("integer" or "number" or "boolean" or "object" or "array" or "string", _) => false,
        _ => true,
    };

    private static string Article(string type) => type switch
    {
        "integer" => "a whole number",
        "boolean" => "true or false",
        "array" or "object" => "an " + type,
        "string" => "a text",
        _ => "a " + type,
    };

    private static string Shown(JsonNode value) => SafeText.Show(value is JsonValue ? value.ToString() : value.ToJsonString(), length: MostShown) is { Length: > 0 } text ? $"'{text}'" : "empty";
}
