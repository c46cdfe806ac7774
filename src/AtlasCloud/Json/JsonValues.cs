using System.Collections;
using System.Collections.Specialized;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace AtlasCloud.Json;

/// <summary>Turns JSON into values that a script can walk with dots and indexes, and back.</summary>
internal static class JsonValues
{
    // The writer takes 64 levels, and the request around a value is one of them.
    private const int DeepestNesting = 60;

    /// <summary>Text, boolean, long, decimal, double, array or ordered dictionary; null for null.</summary>
    internal static object? FromJson(JsonElement element) => FromJson(element, exact: false);

    private static object? FromJson(JsonElement element, bool exact) => element.ValueKind switch
    {
        JsonValueKind.String => (exact ? element.AsExactText() : element.AsText()) ?? "",
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        JsonValueKind.Number => NumberOf(element),
        JsonValueKind.Array => element.EnumerateArray().Select(e => FromJson(e, exact)).ToArray(),
        JsonValueKind.Object => ToDictionary(element, _ => true, exact),
        _ => null,
    };

    /// <summary>The members of an object that the filter lets through, read-only, in the order in which they came.</summary>
    /// <param name="element">The object; anything else has no members.</param>
    /// <param name="filter">Lets a name through.</param>
    /// <param name="exact">Whether texts keep characters that a terminal obeys.</param>
    internal static OrderedDictionary ToDictionary(JsonElement element, Func<string, bool> filter, bool exact = false)
    {
        // The last of several that are called the same counts, in the place of the first. An ordered dictionary would look for that place from its start.
        Dictionary<string, int> places = new(StringComparer.OrdinalIgnoreCase);
        List<(string Name, JsonElement Value)> found = [];
        foreach ((string name, JsonElement value) in element.Members().Where(m => filter(m.Name)))
        {
            if (places.TryGetValue(name, out int place))
            {
                found[place] = (found[place].Name, value);
            }
            else
            {
                places.Add(name, found.Count);
                found.Add((name, value));
            }
        }

        OrderedDictionary members = new(found.Count, StringComparer.OrdinalIgnoreCase);
        foreach ((string name, JsonElement value) in found)
        {
            members.Add(name, FromJson(value, exact));
        }

        return members.AsReadOnly();
    }

    /// <summary>JSON for a value of a script.</summary>
    /// <exception cref="AtlasCloudException">The value, or one inside it, has no JSON form.</exception>
    internal static JsonNode? ToJson(object? value, int depth = 0) => value switch
    {
        _ when depth > DeepestNesting => throw NotSerializable(value, "is nested too deeply (or contains itself)"),
        null => null,
        JsonNode node => node.DeepClone(),
        JsonElement element => JsonNode.Parse(element.GetRawText()),
        string text => JsonValue.Create(text),
        IRequestValue sent => JsonValue.Create(sent.RequestValue),
        char character => JsonValue.Create(character.ToString()),
        bool boolean => JsonValue.Create(boolean),
        int number => JsonValue.Create(number),
        long number => JsonValue.Create(number),
        decimal number => JsonValue.Create(number),
        double number when double.IsFinite(number) => JsonValue.Create(number),
        float number when float.IsFinite(number) => JsonValue.Create((decimal)number),
        byte or sbyte or short or ushort or uint or ulong => JsonValue.Create(Convert.ToDecimal(value, CultureInfo.InvariantCulture)),
        Enum member => JsonValue.Create(member.ToString()),
        Uri uri => JsonValue.Create(uri.OriginalString),
        DateTimeOffset time => JsonValue.Create(time.ToString("O", CultureInfo.InvariantCulture)),
        DateTime time => JsonValue.Create(time.ToString("O", CultureInfo.InvariantCulture)),
        TimeSpan span => JsonValue.Create((decimal)span.TotalSeconds),
        IDictionary dictionary => ObjectOf(dictionary.Keys.Cast<object>().Select(k => (k, dictionary[k])), depth),
        IEnumerable items => ArrayOf(items, depth),
        _ => throw NotSerializable(value, "cannot be sent as JSON"),
    };

    private static JsonObject ObjectOf(IEnumerable<(object Key, object? Value)> members, int depth)
    {
        JsonObject result = [];
        foreach ((object key, object? value) in members)
        {
            result[Convert.ToString(key, CultureInfo.InvariantCulture) ?? ""] = ToJson(value, depth + 1);
        }

        return result;
    }

    private static JsonArray ArrayOf(IEnumerable items, int depth)
    {
        JsonArray result = [];
        foreach (object? item in items)
        {
            result.Add(ToJson(item, depth + 1));
        }

        return result;
    }

    private static object NumberOf(JsonElement element) =>
        element.TryGetInt64(out long whole) ? whole
        : element.TryGetDecimal(out decimal exact) ? exact
        : element.TryGetDouble(out double near) ? near
        : element.GetRawText();

    private static AtlasCloudException NotSerializable(object? value, string why)
    {
        string? type = value?.GetType().Name;
        return new AtlasCloudException(AtlasCloudErrorKind.InvalidParameter, $"A value of type {type} {why}. Nothing was sent.")
        {
            Reason = AtlasCloudErrorReason.ValueNotSerializable,
            Value = type,
        };
    }
}
