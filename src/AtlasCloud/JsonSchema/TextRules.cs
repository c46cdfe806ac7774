using System.Globalization;
using System.Text.Json;
using AtlasCloud.Json;

namespace AtlasCloud.JsonSchema;

/// <summary>Checks a string against the string keywords of a schema.</summary>
internal static class TextRules
{
    internal static void Check(JsonElement value, JsonElement schema, string path, ValidationLimit limit, List<ValidationError> errors)
    {
        string text = JsonText.GetExactText(value);
        int length = text.EnumerateRunes().Count();
        if (schema.Member("minLength")?.AsInteger() is long min && length < min)
        {
            errors.Add(new ValidationError(path, $"must have at least {min} characters, not {length}", "minLength"));
        }

        if (schema.Member("maxLength")?.AsInteger() is long max && length > max)
        {
            errors.Add(new ValidationError(path, $"must have at most {max} characters, not {length}", "maxLength"));
        }

        if (schema.Text("pattern") is string pattern && !PatternRule.Matches(text, pattern, path, limit))
        {
            errors.Add(new ValidationError(path, $"must match the pattern {pattern}", "pattern"));
        }

        if (schema.Text("format") is string format && !HasFormat(text, format))
        {
            errors.Add(new ValidationError(path, format == "date" ? "must be a date such as 2026-08-26" : "must be a time such as 2026-08-26T09:15:02Z", "format"));
        }
    }

    private static bool HasFormat(string text, string format) => format switch
    {
        "date" => DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _),
        "date-time" => text.Contains('T', StringComparison.OrdinalIgnoreCase)
            && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out _),
        _ => true,
    };
}
