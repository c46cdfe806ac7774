using System.Globalization;
using System.Text.Json;
using AtlasCloud.Text;

namespace AtlasCloud.Json;

/// <summary>Reads JSON leniently: numbers may be strings, members may be missing, and no method throws.</summary>
internal static class JsonElementExtensions
{
    private const long MaxSeconds = 100_000_000_000;

    /// <summary>Returns the member with this name; null if the element is not an object, or the member is missing or null.</summary>
    internal static JsonElement? Member(this JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object
        && Find(element, name) is JsonElement { ValueKind: not (JsonValueKind.Null or JsonValueKind.Undefined) } value
            ? value
            : null;

    /// <summary>Returns the member with this name, even if its value is a JSON null; null if the member is missing.</summary>
    internal static JsonElement? MemberOrNull(this JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object ? Find(element, name) : null;

    /// <summary>Returns the members of an object in document order, except those whose names are not valid text.</summary>
    internal static IEnumerable<(string Name, JsonElement Value)> Members(this JsonElement element)
    {
        foreach ((string name, JsonElement value) in element.ExactMembers())
        {
            yield return (SafeText.StripControlCharacters(name), value);
        }
    }

    /// <summary>Returns the same members with the control characters of their names, for values that are never displayed.</summary>
    internal static IEnumerable<(string Name, JsonElement Value)> ExactMembers(this JsonElement element)
    {
        if (element.ValueKind != JsonValueKind.Object)
        {
            yield break;
        }

        foreach (JsonProperty member in element.EnumerateObject())
        {
            if (ReadName(member) is string name)
            {
                yield return (name, member.Value);
            }
        }
    }

    /// <summary>Returns the first of these members that exists and is not null; null if there is none.</summary>
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

    /// <summary>Returns a string without control characters, or a number or boolean as text; null for anything else and for an empty string.</summary>
    internal static string? AsText(this JsonElement element) => element.AsExactText() is string text ? SafeText.StripControlCharacters(text) : null;

    /// <summary>Returns the same text with its control characters, for values that are sent back to the service and never displayed.</summary>
    internal static string? AsExactText(this JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.String => ReadText(element),
        JsonValueKind.Number => element.GetRawText(),
        JsonValueKind.True => "true",
        JsonValueKind.False => "false",
        _ => null,
    };

    /// <summary>Returns the text of the first of these members that is not empty; null if there is none.</summary>
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

    /// <summary>Returns the exact decimal of a number or a numeric string; null if it is neither or out of range.</summary>
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
        JsonValueKind.String => bool.TryParse(ReadText(element), out bool value) ? value : null,
        _ => null,
    };

    /// <summary>Returns the time of an RFC 3339 string, or of Unix seconds or milliseconds given as a number or a string; null for anything else.</summary>
    internal static DateTimeOffset? AsTime(this JsonElement element)
    {
        string? text = element.AsText();
        if (long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long seconds))
        {
            // Values above the limit are milliseconds: as seconds they would lie after the year 5138.
            seconds = seconds > MaxSeconds ? seconds / 1000 : seconds;
            return seconds is >= 0 and < MaxSeconds ? DateTimeOffset.FromUnixTimeSeconds(seconds) : null;
        }

        return DateTimeOffset.TryParse(
            text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AllowWhiteSpaces, out DateTimeOffset time)
            ? time
            : null;
    }

    /// <summary>Returns the elements of an array; empty for anything else.</summary>
    internal static IEnumerable<JsonElement> Items(this JsonElement? element) =>
        element is JsonElement { ValueKind: JsonValueKind.Array } array ? array.EnumerateArray() : [];

    /// <summary>Returns the elements of an array as text, without those that have no text.</summary>
    internal static IReadOnlyList<string> Texts(this JsonElement? element)
    {
        if (element is not JsonElement { ValueKind: JsonValueKind.Array } array)
        {
            return [];
        }

        List<string> texts = [];
        foreach (JsonElement item in array.EnumerateArray())
        {
            if (item.AsText() is string text)
            {
                texts.Add(text);
            }
        }

        return texts;
    }

    // An escaped lone surrogate is valid JSON but not valid text: reading it throws, as a value and as a name.
    private static string? ReadText(JsonElement element)
    {
        try
        {
            return element.GetString() is { Length: > 0 } text ? text : null;
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    private static string? ReadName(JsonProperty member)
    {
        try
        {
            return member.Name;
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    private static JsonElement? Find(JsonElement element, string name)
    {
        try
        {
            return element.TryGetProperty(name, out JsonElement value) ? value : null;
        }
        catch (InvalidOperationException)
        {
            // Another member's name is not valid text. Enumerating skips that member.
            return element.Members().Where(m => m.Name == name).Select(m => (JsonElement?)m.Value).LastOrDefault();
        }
    }
}
