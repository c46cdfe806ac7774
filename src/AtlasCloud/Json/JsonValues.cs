using System.Collections;
using System.Collections.Specialized;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using AtlasCloud.Text;

namespace AtlasCloud.Json;

/// <summary>Converts JSON to plain values (dictionaries, arrays, strings, numbers) and back.</summary>
internal static class JsonValues
{
    // The writer's limit is 64 levels, and the request around the value takes some of them.
    private const int MaxDepth = 60;

    /// <summary>Converts an element to a string, boolean, long, decimal, double, array or ordered dictionary; null for a JSON null.</summary>
    internal static object? FromJson(JsonElement element) => FromJson(element, exact: false);

    private static object? FromJson(JsonElement element, bool exact) => element.ValueKind switch
    {
        JsonValueKind.String => (exact ? element.AsExactText() : element.AsText()) ?? "",
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        JsonValueKind.Number => ToNumber(element),
        JsonValueKind.Array => element.EnumerateArray().Select(e => FromJson(e, exact)).ToArray(),
        JsonValueKind.Object => ToDictionary(element, _ => true, exact),
        _ => null,
    };

    /// <summary>Converts the members of an object that pass the filter to a read-only dictionary in document order.</summary>
    /// <param name="element">The object; anything else gives an empty dictionary.</param>
    /// <param name="filter">Selects members by name.</param>
    /// <param name="exact">Whether strings keep their control characters.</param>
    internal static OrderedDictionary ToDictionary(JsonElement element, Func<string, bool> filter, bool exact = false)
    {
        // Of several members with the same name, the last value is kept at the position of the first. The index avoids the linear search of OrderedDictionary.
        Dictionary<string, int> indexes = new(StringComparer.OrdinalIgnoreCase);
        List<(string Name, JsonElement Value)> found = [];
        foreach ((string name, JsonElement value) in element.Members())
        {
            if (!filter(name))
            {
                continue;
            }

            if (indexes.TryGetValue(name, out int index))
            {
                found[index] = (found[index].Name, value);
            }
            else
            {
                indexes.Add(name, found.Count);
                found.Add((name, value));
            }
        }

        return new TextualDictionary(found.Select(m => (m.Name, FromJson(m.Value, exact))));
    }

    /// <summary>Converts a value to JSON. Durations become seconds, dates ISO 8601 strings, enum members their names.</summary>
    /// <exception cref="AtlasCloudException">InvalidParameter: the value, or a value inside it, cannot be represented as JSON.</exception>
    internal static JsonNode? ToJson(object? value, int depth = 0) => value switch
    {
        _ when depth > MaxDepth => throw NotSerializable(value, "is nested too deeply (or contains itself)"),
        null => null,
        JsonNode node => node.DeepClone(),
        JsonElement element when InputJson.FindRepeatedMember(element) is string name => throw NotSerializable(value, $"contains '{SafeText.Sanitize(name, length: 60)}' twice"),
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
        IDictionary dictionary => ToJsonObject(dictionary.Keys.Cast<object>().Select(k => (k, dictionary[k])), depth),
        IEnumerable items => ToJsonArray(items, depth),
        _ => throw NotSerializable(value, "cannot be sent as JSON"),
    };

    private static JsonObject ToJsonObject(IEnumerable<(object Key, object? Value)> members, int depth)
    {
        JsonObject result = [];
        foreach ((object key, object? value) in members)
        {
            result[Convert.ToString(key, CultureInfo.InvariantCulture) ?? ""] = ToJson(value, depth + 1);
        }

        return result;
    }

    private static JsonArray ToJsonArray(IEnumerable items, int depth)
    {
        JsonArray result = [];
        foreach (object? item in items)
        {
            result.Add(ToJson(item, depth + 1));
        }

        return result;
    }

    private static object ToNumber(JsonElement element) =>
        element.TryGetInt64(out long integer) ? integer
        : element.TryGetDecimal(out decimal exact) ? exact
        : element.TryGetDouble(out double approximate) ? approximate
        : element.GetRawText();

    private static AtlasCloudException NotSerializable(object? value, string problem)
    {
        string? type = value?.GetType().Name;
        return new AtlasCloudException(AtlasCloudErrorKind.InvalidParameter, $"A value of type {type} {problem}. Nothing was sent.")
        {
            Reason = AtlasCloudErrorReason.ValueNotSerializable,
            Value = type,
        };
    }
}
