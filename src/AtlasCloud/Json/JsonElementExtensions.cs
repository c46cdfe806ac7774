using System.Globalization;
using System.Text.Json;
using AtlasCloud.Text;

namespace AtlasCloud.Json;

/// <summary>Reads JSON of a service whose sources disagree: numbers may be text, objects may be absent, and nothing here throws.</summary>
internal static class JsonElementExtensions
{
    private const long LatestSecond = 100_000_000_000;

    /// <summary>The member of this name if this is an object that has it and it is not null.</summary>
    internal static JsonElement? Member(this JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object
        && Find(element, name) is JsonElement { ValueKind: not (JsonValueKind.Null or JsonValueKind.Undefined) } value
            ? value
            : null;

    /// <summary>The member of this name, null included; nothing where the object has none.</summary>
    internal static JsonElement? MemberOrNull(this JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object ? Find(element, name) : null;

    /// <summary>The members of an object whose names are text, in the order in which they came.</summary>
    internal static IEnumerable<(string Name, JsonElement Value)> Members(this JsonElement element)
    {
        if (element.ValueKind != JsonValueKind.Object)
        {
            yield break;
        }

        foreach (JsonProperty member in element.EnumerateObject())
        {
            if (NameOf(member) is string name)
            {
                yield return (name, member.Value);
            }
        }
    }

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

    /// <summary>Text that is fit to be shown, or a number or boolean as text; null for anything else and for text that is empty.</summary>
    internal static string? AsText(this JsonElement element) => element.AsExactText() is string text ? SafeText.StripControlCharacters(text) : null;

    /// <summary>The same with all its characters, for what goes back to a machine and is shown to nobody.</summary>
    internal static string? AsExactText(this JsonElement element) => element.ValueKind switch
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
        JsonValueKind.String => bool.TryParse(TextOf(element), out bool value) ? value : null,
        _ => null,
    };

    /// <summary>A time from RFC 3339 text, or from Unix seconds given as a number or as text.</summary>
    internal static DateTimeOffset? AsTime(this JsonElement element)
    {
        string? text = element.AsText();
        if (long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long seconds))
        {
            // Milliseconds have three digits more than any sensible time in seconds.
            seconds = seconds > LatestSecond ? seconds / 1000 : seconds;
            return seconds is >= 0 and < LatestSecond ? DateTimeOffset.FromUnixTimeSeconds(seconds) : null;
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

    // Half of a surrogate pair, written as an escape, is valid JSON but no text: reading it throws, as a value and as a name.
    private static string? TextOf(JsonElement element)
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

    private static string? NameOf(JsonProperty member)
    {
        try
        {
            return SafeText.StripControlCharacters(member.Name);
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
            // Some other name in it cannot be read; the slow way goes around that one.
            return element.Members().Where(m => m.Name == name).Select(m => (JsonElement?)m.Value).LastOrDefault();
        }
    }
}
