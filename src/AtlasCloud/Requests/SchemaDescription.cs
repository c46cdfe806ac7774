using System.Globalization;
using System.Text.Json;
using AtlasCloud.Json;
using AtlasCloud.JsonSchema;
using AtlasCloud.Models;
using AtlasCloud.Text;

namespace AtlasCloud.Requests;

/// <summary>Describes what a schema accepts: "an integer from 4 to 12", "720p, 1080p or 4k".</summary>
internal sealed class SchemaDescription(JsonElement document)
{
    private const int MaxValues = 40;
    private const int MaxValueLength = 60;
    private const int MinRunLength = 4;
    private const int MaxDepth = 4;

    /// <summary>The description; null if the schema has no rule that can be described.</summary>
    internal string? Describe(JsonElement schema, int depth = 0)
    {
        JsonElement rules = SchemaReader.Resolve(schema, document);
        if (rules.Member("enum") is JsonElement { ValueKind: JsonValueKind.Array } choices && choices.GetArrayLength() > 0)
        {
            string all = DescribeChoices([.. choices.EnumerateArray()], rules.Member("x-enum-labels"));
            return MultipleChoice.Applies(rules) ? $"one or more of {all}, joined by commas" : all;
        }

        if (rules.Member("const") is JsonElement only)
        {
            return Format(only);
        }

        string? own = DescribeType(rules);
        string[] forms = depth > MaxDepth
            ? []
            : [.. rules.Member("anyOf").Items().Concat(rules.Member("oneOf").Items()).Where(f => f.Text("type") != "null").Select(f => Describe(f, depth + 1)).OfType<string>()];
        return forms.Length > 0 ? Join(forms, "or") : own;
    }

    /// <summary>A value for a message: truncated, redacted, without control characters.</summary>
    internal static string Format(JsonElement value) =>
        SafeText.Sanitize(value.ValueKind == JsonValueKind.String ? JsonText.GetText(value) : value.GetRawText(), length: MaxValueLength);

    /// <summary>"a, b or c".</summary>
    internal static string Join(IReadOnlyList<string> items, string conjunction) =>
        items.Count < 2 ? string.Concat(items) : $"{string.Join(", ", items.Take(items.Count - 1))} {conjunction} {items[^1]}";

    private static string? DescribeType(JsonElement rules)
    {
        string type = rules.Member("type") is JsonElement { ValueKind: JsonValueKind.Array } several
            ? Join([.. ((JsonElement?)several).Texts().Where(t => t != "null").Select(NameType)], "or")
            : rules.Text("type") is string named ? NameType(named) : "";
        string limits = DescribeRange(rules) ?? DescribeCount(rules, "Length", "characters") ?? DescribeCount(rules, "Items", "elements") ?? "";
        string text = (type, limits) switch
        {
            ("", _) => limits,
            (_, "") => type,
            _ when limits.StartsWith("from ", StringComparison.Ordinal) || limits.StartsWith("in ", StringComparison.Ordinal) => $"{type} {limits}",
            _ => $"{type} of {limits}",
        };
        return text.Length > 0 ? text : null;
    }

    private static string NameType(string type) => type switch
    {
        "integer" => "an integer",
        "boolean" => "true or false",
        "array" => "a list",
        "object" => "an object",
        "string" => "a string",
        _ => "a " + SafeText.Sanitize(type, length: MaxValueLength),
    };

    private static string? DescribeRange(JsonElement rules)
    {
        decimal? minimum = rules.Member("minimum")?.AsDecimal();
        decimal? maximum = rules.Member("maximum")?.AsDecimal();
        string[] parts =
        [
            .. (string[])((minimum, maximum) switch
            {
                (not null, not null) => [$"from {Number(minimum)} to {Number(maximum)}"],
                (not null, null) => [$"at least {Number(minimum)}"],
                (null, not null) => [$"at most {Number(maximum)}"],
                _ => [],
            }),
            .. rules.Member("exclusiveMinimum")?.AsDecimal() is decimal above ? (string[])[$"more than {Number(above)}"] : [],
            .. rules.Member("exclusiveMaximum")?.AsDecimal() is decimal below ? (string[])[$"less than {Number(below)}"] : [],
        ];

        // For integers a step of 1 says nothing.
        decimal? step = rules.FirstMember("step", "multipleOf")?.AsDecimal();
        string steps = step is null or <= 0 || (step == 1 && rules.Text("type") == "integer") ? "" : $"in steps of {Number(step)}";
        string all = string.Join(" ", (string[])[string.Join(" and ", parts), steps]).Trim();
        return all.Length > 0 ? all : null;
    }

    private static string? DescribeCount(JsonElement rules, string keyword, string unit) => (rules.Member("min" + keyword)?.AsInteger(), rules.Member("max" + keyword)?.AsInteger()) switch
    {
        (long minimum, long maximum) when minimum == maximum => $"{minimum} {unit}",
        (long minimum, long maximum) => $"{minimum} to {maximum} {unit}",
        (long minimum, null) => $"at least {minimum} {unit}",
        (null, long maximum) => $"at most {maximum} {unit}",
        _ => null,
    };

    private static string DescribeChoices(JsonElement[] values, JsonElement? labels)
    {
        List<string> shown = [];
        for (int i = 0; i < values.Length && shown.Count < MaxValues;)
        {
            int run = GetRunLength(values, i);
            if (run >= MinRunLength)
            {
                shown.Add($"{Format(values[i])} to {Format(values[i + run - 1])}");
                i += run;
            }
            else
            {
                shown.Add(FormatWithLabel(values[i], labels));
                i++;
            }
        }

        int hidden = values.Length - shown.Count;
        return shown.Count == MaxValues && hidden > 0 ? string.Join(", ", shown) + "…" : Join(shown, "or");
    }

    // Consecutive numbers are shown by the first and the last.
    private static int GetRunLength(JsonElement[] values, int start)
    {
        int length = 1;
        while (start + length < values.Length && NumberOf(values[start + length - 1]) is decimal one && NumberOf(values[start + length]) is decimal next && IsNext(one, next))
        {
            length++;
        }

        return length;
    }

    // Adding one to the largest decimal overflows.
    private static bool IsNext(decimal one, decimal next) => one < decimal.MaxValue - 1 && next == one + 1;

    private static decimal? NumberOf(JsonElement value) => value.ValueKind == JsonValueKind.Number ? value.AsDecimal() : null;

    private static string FormatWithLabel(JsonElement value, JsonElement? labels)
    {
        string shown = Format(value);
        string label = SafeText.Sanitize(labels?.Text(shown), length: MaxValueLength);
        return label.Length == 0 || label.Equals(shown, StringComparison.OrdinalIgnoreCase) ? shown : $"{shown} ({label})";
    }

    private static string Number(decimal? value) => value?.ToString(CultureInfo.InvariantCulture) ?? "";
}
