using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using AtlasCloud.Json;
using AtlasCloud.Text;

namespace AtlasCloud.JsonSchema;

/// <summary>What a schema says about text.</summary>
internal static class TextRules
{
    // A pattern is the work of a stranger, and some never end.
    private static readonly TimeSpan s_patience = TimeSpan.FromMilliseconds(250);

    internal static void Check(JsonElement value, JsonElement schema, string path, List<ValidationError> faults)
    {
        string text = TextOf(value);
        int length = text.EnumerateRunes().Count();
        if (schema.Member("minLength")?.AsInteger() is long least && length < least)
        {
            faults.Add(new ValidationError(path, $"has {length} characters and needs at least {least}", "minLength"));
        }

        if (schema.Member("maxLength")?.AsInteger() is long most && length > most)
        {
            faults.Add(new ValidationError(path, $"has {length} characters and may have {most} at most", "maxLength"));
        }

        if (schema.Text("pattern") is string pattern && !Matches(text, pattern))
        {
            faults.Add(new ValidationError(path, $"has to match the pattern {pattern}", "pattern"));
        }

        if (schema.Text("format") is string format && !HasFormat(text, format))
        {
            faults.Add(new ValidationError(path, format == "date" ? "must be a date as in 2026-08-26" : "must be a time as in 2026-08-26T09:15:02Z", "format"));
        }
    }

    internal static string TextOf(JsonElement value) => JsonText.Exact(value);

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
            return Regex.IsMatch(text, pattern, RegexOptions.CultureInvariant, s_patience);
        }
        catch (Exception exception) when (exception is RegexMatchTimeoutException or ArgumentException)
        {
            AtlasCloudLog.Verbose($"The pattern {SafeText.Sanitize(pattern, length: 100)} cannot be checked and was left out.");
            return true;
        }
    }
}
