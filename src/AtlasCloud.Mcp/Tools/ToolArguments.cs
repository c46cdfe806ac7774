using System.Collections.Specialized;
using System.Text.Json;
using AtlasCloud.Mcp.Safety;

namespace AtlasCloud.Mcp.Tools;

/// <summary>The arguments of a call, checked against the input schema of the tool.</summary>
internal sealed class ToolArguments
{
    private readonly IDictionary<string, JsonElement> _values;

    /// <param name="values">The arguments; null for none.</param>
    /// <param name="schema">The input schema.</param>
    /// <exception cref="AtlasCloudException">InvalidParameter: an argument is unknown, missing or not valid.</exception>
    internal ToolArguments(IDictionary<string, JsonElement>? values, JsonElement schema)
    {
        _values = values ?? new Dictionary<string, JsonElement>();
        Read("arguments", () =>
        {
            SchemaCheck.CheckMembers("", _values, schema);
            return true;
        });
    }

    /// <summary>All arguments.</summary>
    internal IEnumerable<KeyValuePair<string, JsonElement>> All => _values;

    internal string? Text(string name) => Find(name)?.GetString();

    internal string RequiredText(string name) => Text(name)!;

    internal int? Integer(string name) => Find(name) is JsonElement value ? (int)value.GetDecimal() : null;

    internal long? Long(string name) => Find(name) is JsonElement value ? (long)value.GetDecimal() : null;

    internal decimal? Number(string name) => Find(name)?.GetDecimal();

    internal bool? Flag(string name) => Find(name)?.GetBoolean();

    internal IReadOnlyList<string> Texts(string name) => Find(name) is JsonElement list ? [.. list.EnumerateArray().Select(v => v.GetString()!)] : [];

    internal IEnumerable<JsonElement> Items(string name) => Find(name) is JsonElement list ? list.EnumerateArray() : [];

    /// <summary>The members of an object as plain values; null if it is not given.</summary>
    internal OrderedDictionary? Members(string name) => Find(name) is JsonElement value ? Read(name, () => (OrderedDictionary)ToPlain(value, name)!) : null;

    private JsonElement? Find(string name) => _values.TryGetValue(name, out JsonElement value) && value.ValueKind != JsonValueKind.Null ? value : null;

    // Half of a surrogate pair in an escape is found only when the text is read.
    private static T Read<T>(string name, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (InvalidOperationException)
        {
            throw McpErrors.InvalidArgument(name, "contains text that is not valid Unicode");
        }
    }

    // The library has its own version of the JSON types: only plain values pass between the two.
    private static object? ToPlain(JsonElement value, string name)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                OrderedDictionary members = [];
                foreach (JsonProperty member in value.EnumerateObject())
                {
                    members[member.Name] = ToPlain(member.Value, name);
                }

                return members;
            case JsonValueKind.Array:
                return value.EnumerateArray().Select(v => ToPlain(v, name)).ToArray();
            case JsonValueKind.String:
                return value.GetString();
            case JsonValueKind.Number:
                return value.TryGetInt64(out long integer) ? integer
                    : value.TryGetDecimal(out decimal number) ? number
                    : throw McpErrors.InvalidArgument(name, "contains a number that is too large");
            case JsonValueKind.True or JsonValueKind.False:
                return value.GetBoolean();
            default:
                return null;
        }
    }
}
