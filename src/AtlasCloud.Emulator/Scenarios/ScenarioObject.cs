using System.Text.Json;
using System.Text.Json.Nodes;

namespace AtlasCloud.Emulation.Scenarios;

/// <summary>Reads the members of a JSON object in a scenario. Error messages contain the JSON path.</summary>
internal sealed class ScenarioObject
{
    private readonly JsonObject _node;

    internal ScenarioObject(JsonNode? node, string path, params string[] knownMembers)
    {
        Path = path;
        _node = node as JsonObject ?? throw new FormatException($"{path}: expected an object.");
        RequireDistinctMembers();
        foreach ((string name, _) in _node)
        {
            if (!knownMembers.Contains(name, StringComparer.Ordinal))
            {
                throw new FormatException($"{path}.{name}: unknown member. Known members: {string.Join(", ", knownMembers)}.");
            }
        }
    }

    internal string Path { get; }

    // The members of a node are read when they are first used, and only then does it find a repeated one, with a message of the parser.
    private void RequireDistinctMembers()
    {
        try
        {
            _ = _node.Count;
        }
        catch (ArgumentException exception)
        {
            using JsonDocument document = JsonDocument.Parse(_node.ToJsonString());
            HashSet<string> names = new(StringComparer.Ordinal);
            throw new FormatException($"{Path}: the member '{document.RootElement.EnumerateObject().First(m => !names.Add(m.Name)).Name}' occurs twice.", exception);
        }
    }

    internal JsonNode? this[string name] => _node[name];

    internal bool Has(string name) => _node.ContainsKey(name);

    internal string? Text(string name) => Value(name, JsonValueKind.String, "a string")?.GetValue<string>();

    internal bool? Flag(string name) => _node[name] is null
        ? null
        : (Value(name, JsonValueKind.True, "true or false", JsonValueKind.False)!).GetValue<bool>();

    internal int? Count(string name)
    {
        if (Number(name) is not { } number)
        {
            return null;
        }

        return number >= 0 && number <= int.MaxValue && number == Math.Floor(number)
            ? (int)number
            : throw new FormatException($"{Path}.{name}: expected a whole number of 0 or more.");
    }

    internal double? Number(string name) => Value(name, JsonValueKind.Number, "a number")?.GetValue<double>();

    internal TimeSpan? Milliseconds(string name) => Number(name) switch
    {
        null => null,
        >= 0 and <= int.MaxValue and { } number => TimeSpan.FromMilliseconds(number),
        _ => throw new FormatException($"{Path}.{name}: expected a number of milliseconds."),
    };

    /// <summary>A difference between two times, which can be negative.</summary>
    internal TimeSpan? Offset(string name) => Number(name) switch
    {
        null => null,
        >= int.MinValue and <= int.MaxValue and { } number => TimeSpan.FromMilliseconds(number),
        _ => throw new FormatException($"{Path}.{name}: expected a number of milliseconds."),
    };

    /// <summary>One of several named values.</summary>
    internal T Choice<T>(string name, IReadOnlyDictionary<string, T> values, T defaultValue = default)
        where T : struct => Text(name) is { } text ? FindValue(text, $"{Path}.{name}", values) : defaultValue;

    /// <summary>A list of named values; empty if there is none.</summary>
    internal IReadOnlyList<T> Choices<T>(string name, IReadOnlyDictionary<string, T> values)
        where T : struct => _node[name] switch
        {
            null when !Has(name) => [],
            JsonArray list => [.. list.Select((item, i) => FindValue(item?.ToString() ?? "null", $"{Path}.{name}[{i}]", values))],
            _ => throw new FormatException($"{Path}.{name}: expected a list."),
        };

    private static T FindValue<T>(string text, string path, IReadOnlyDictionary<string, T> values) => values.TryGetValue(text, out T? value)
        ? value
        : throw new FormatException($"{path}: unknown value '{text}'. Known values: {string.Join(", ", values.Keys)}.");

    private JsonValue? Value(string name, JsonValueKind kind, string expected, JsonValueKind? other = null)
    {
        if (_node[name] is not { } node)
        {
            return null;
        }

        JsonValueKind found = node.GetValueKind();
        return found == kind || found == other
            ? node.AsValue()
            : throw new FormatException($"{Path}.{name}: expected {expected}.");
    }
}
