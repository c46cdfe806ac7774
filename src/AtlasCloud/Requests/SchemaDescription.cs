using System.Globalization;
using System.Text.Json;
using AtlasCloud.Json;
using AtlasCloud.Models;
using AtlasCloud.Text;

namespace AtlasCloud.Requests;

/// <summary>Says in words what a schema asks of a value: "a whole number from 4 to 12", "720p, 1080p or 4k".</summary>
internal sealed class SchemaDescription(JsonElement document)
{
    private const int MostValues = 40;
    private const int LongestValue = 60;
    private const int ShortestRun = 4;
    private const int DeepestForms = 4;

    /// <summary>The words; null where the schema says nothing that can be put into them.</summary>
    internal string? Of(JsonElement schema, int depth = 0)
    {
        JsonElement rules = SchemaReader.Resolve(schema, document);
        if (rules.Member("enum") is JsonElement { ValueKind: JsonValueKind.Array } choices && choices.GetArrayLength() > 0)
        {
            return Choices([.. choices.EnumerateArray()], rules.Member("x-enum-labels"));
        }

        if (rules.Member("const") is JsonElement only)
        {
            return Shown(only);
        }

        string? words = Words(rules);
        string[] forms = depth > DeepestForms
            ? []
            : [.. rules.Member("anyOf").Items().Concat(rules.Member("oneOf").Items()).Where(f => f.Text("type") != "null").Select(f => Of(f, depth + 1)).OfType<string>()];
        return forms.Length > 0 ? Joined(forms, "or") : words;
    }

    /// <summary>A value as it is shown in a message: short, masked, without control characters.</summary>
    internal static string Shown(JsonElement value) =>
        SafeText.Sanitize(value.ValueKind == JsonValueKind.String ? JsonText.Piece(value) : value.GetRawText(), length: LongestValue);

    /// <summary>"a, b or c".</summary>
    internal static string Joined(IReadOnlyList<string> words, string last) =>
        words.Count < 2 ? string.Concat(words) : $"{string.Join(", ", words.Take(words.Count - 1))} {last} {words[^1]}";

    private static string? Words(JsonElement rules)
    {
        string type = rules.Member("type") is JsonElement { ValueKind: JsonValueKind.Array } several
            ? Joined([.. ((JsonElement?)several).Texts().Where(t => t != "null").Select(Noun)], "or")
            : rules.Text("type") is string named ? Noun(named) : "";
        string limits = NumberLimits(rules) ?? Limits(rules, "Length", "characters") ?? Limits(rules, "Items", "elements") ?? "";
        string text = (type, limits) switch
        {
            ("", _) => limits,
            (_, "") => type,
            _ when limits.StartsWith("from ", StringComparison.Ordinal) || limits.StartsWith("in ", StringComparison.Ordinal) => $"{type} {limits}",
            _ => $"{type} of {limits}",
        };
        return text.Length > 0 ? text : null;
    }

    private static string Noun(string type) => type switch
    {
        "integer" => "a whole number",
        "boolean" => "true or false",
        "array" => "a list",
        "object" => "an object",
        "string" => "a text",
        _ => "a " + SafeText.Sanitize(type, length: LongestValue),
    };

    private static string? NumberLimits(JsonElement rules)
    {
        decimal? least = rules.Member("minimum")?.AsDecimal();
        decimal? most = rules.Member("maximum")?.AsDecimal();
        string[] parts =
        [
            .. (string[])((least, most) switch
            {
                (not null, not null) => [$"from {Number(least)} to {Number(most)}"],
                (not null, null) => [$"at least {Number(least)}"],
                (null, not null) => [$"at most {Number(most)}"],
                _ => [],
            }),
            .. rules.Member("exclusiveMinimum")?.AsDecimal() is decimal above ? (string[])[$"more than {Number(above)}"] : [],
            .. rules.Member("exclusiveMaximum")?.AsDecimal() is decimal below ? (string[])[$"less than {Number(below)}"] : [],
        ];

        // Of whole numbers, every one is a step of 1.
        decimal? step = rules.FirstMember("step", "multipleOf")?.AsDecimal();
        string steps = step is null or <= 0 || (step == 1 && rules.Text("type") == "integer") ? "" : $"in steps of {Number(step)}";
        string all = string.Join(" ", (string[])[string.Join(" and ", parts), steps]).Trim();
        return all.Length > 0 ? all : null;
    }

    private static string? Limits(JsonElement rules, string what, string unit) => (rules.Member("min" + what)?.AsInteger(), rules.Member("max" + what)?.AsInteger()) switch
    {
        (long least, long most) when least == most => $"{least} {unit}",
        (long least, long most) => $"{least} to {most} {unit}",
        (long least, null) => $"at least {least} {unit}",
        (null, long most) => $"at most {most} {unit}",
        _ => null,
    };

    private static string Choices(JsonElement[] values, JsonElement? labels)
    {
        List<string> shown = [];
        for (int i = 0; i < values.Length && shown.Count < MostValues;)
        {
            int run = RunFrom(values, i);
            if (run >= ShortestRun)
            {
                shown.Add($"{Shown(values[i])} to {Shown(values[i + run - 1])}");
                i += run;
            }
            else
            {
                shown.Add(Labelled(values[i], labels));
                i++;
            }
        }

        int hidden = values.Length - shown.Count;
        return shown.Count == MostValues && hidden > 0 ? string.Join(", ", shown) + "…" : Joined(shown, "or");
    }

    // Numbers one after the other are shown by the first and the last.
    private static int RunFrom(JsonElement[] values, int start)
    {
        int length = 1;
        while (start + length < values.Length && NumberOf(values[start + length - 1]) is decimal one && NumberOf(values[start + length]) is decimal next && Follows(one, next))
        {
            length++;
        }

        return length;
    }

    // At the far end of what can be counted, one more is too many.
    private static bool Follows(decimal one, decimal next) => one < decimal.MaxValue - 1 && next == one + 1;

    private static decimal? NumberOf(JsonElement value) => value.ValueKind == JsonValueKind.Number ? value.AsDecimal() : null;

    private static string Labelled(JsonElement value, JsonElement? labels)
    {
        string shown = Shown(value);
        string label = SafeText.Sanitize(labels?.Text(shown), length: LongestValue);
        return label.Length == 0 || label.Equals(shown, StringComparison.OrdinalIgnoreCase) ? shown : $"{shown} ({label})";
    }

    private static string Number(decimal? value) => value?.ToString(CultureInfo.InvariantCulture) ?? "";
}
