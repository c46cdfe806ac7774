using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using AtlasCloud.Json;
using AtlasCloud.Text;

namespace AtlasCloud.JsonSchema;

/// <summary>Checks a string against the string keywords of a schema.</summary>
internal static class TextRules
{
    // Patterns are untrusted, and some backtrack without end.
    private static readonly TimeSpan s_patternTimeout = TimeSpan.FromMilliseconds(250);

    internal static void Check(JsonElement value, JsonElement schema, string path, List<ValidationError> errors)
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

        if (schema.Text("pattern") is string pattern && !Matches(text, pattern))
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

    private static bool Matches(string text, string pattern)
    {
        try
        {
            return Regex.IsMatch(text, pattern, RegexOptions.CultureInvariant, s_patternTimeout);
        }
        catch (Exception exception) when (exception is RegexMatchTimeoutException or ArgumentException)
        {
            AtlasCloudLog.Verbose($"The schema's pattern {SafeText.Sanitize(pattern, length: 100)} is invalid or timed out, and was ignored.");
            return true;
        }
    }
}
