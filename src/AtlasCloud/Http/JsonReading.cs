using System.Globalization;
using System.Text.Json;

namespace AtlasCloud.Http;

/// <summary>Reads JSON of a service whose sources disagree: numbers may be text, objects may be absent, and nothing here throws.</summary>
internal static class JsonReading
{
    /// <summary>The member of this name if this is an object that has it and it is not null.</summary>
    internal static JsonElement? Member(this JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object
        && element.TryGetProperty(name, out JsonElement value)
        && value.ValueKind is not (JsonValueKind.Null or JsonValueKind.Undefined)
            ? value
            : null;

    /// <summary>The first of these members that is there.</summary>
    internal static JsonElement? FirstMember(this JsonElement element, params string[] names)
    {
        foreach (string name in names)
        {
            if (element.Member(name) is JsonElement value)
            {
                return value;
            }
        }

        return null;
    }

    /// <summary>Text, or a number or boolean as text; null for anything else and for text that is empty.</summary>
    internal static string? AsText(this JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.String => TextOf(element),
        JsonValueKind.Number => element.GetRawText(),
        JsonValueKind.True => "true",
        JsonValueKind.False => "false",
        _ => null,
    };

    /// <summary>The first text that is not empty under these names.</summary>
    internal static string? Text(this JsonElement element, params string[] names)
    {
        foreach (string name in names)
        {
            if (element.Member(name)?.AsText() is string text)
            {
                return text;
            }
        }

        return null;
    }

    /// <summary>An exact decimal from a number or from text; null where it is neither or out of range.</summary>
    internal static decimal? AsDecimal(this JsonElement element) =>
        decimal.TryParse(element.AsText(), NumberStyles.Float, CultureInfo.InvariantCulture, out decimal value) ? value : null;

    internal static long? AsInteger(this JsonElement element) =>
        element.AsDecimal() is decimal value && value == decimal.Truncate(value) && value is >= long.MinValue and <= long.MaxValue
            ? (long)value
            : null;

    internal static bool? AsBoolean(this JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        JsonValueKind.String => bool.TryParse(element.GetString(), out bool value) ? value : null,
        _ => null,
    };

    /// <summary>A time from RFC 3339 text, or from Unix seconds given as a number or as text.</summary>
    internal static DateTimeOffset? AsTime(this JsonElement element)
    {
        string? text = element.AsText();
        if (long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long seconds))
        {
            // Milliseconds have three digits more than any sensible time in seconds.
            seconds = Math.Abs(seconds) > 100_000_000_000 ? seconds / 1000 : seconds;
            return Math.Abs(seconds) < 100_000_000_000 ? DateTimeOffset.FromUnixTimeSeconds(seconds) : null;
        }

        return DateTimeOffset.TryParse(
            text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AllowWhiteSpaces, out DateTimeOffset time)
            ? time
            : null;
    }

    /// <summary>The elements of an array, or none.</summary>
    internal static IEnumerable<JsonElement> Items(this JsonElement? element) =>
        element is JsonElement { ValueKind: JsonValueKind.Array } array ? array.EnumerateArray() : [];

    /// <summary>The texts of an array, those that are not text left out.</summary>
    internal static IReadOnlyList<string> Texts(this JsonElement? element) =>
        [.. element.Items().Select(AsText).OfType<string>()];

    private static string? TextOf(JsonElement element)
    {
        try
        {
            return element.GetString() is { Length: > 0 } text ? text : null;
        }
        catch (InvalidOperationException)
        {
            // Half of a surrogate pair, written as an escape, is valid JSON but no text.
            return null;
        }
    }
}
