using System.Text.Json;
using AtlasCloud.Text;

namespace AtlasCloud.Tests.Drift;

/// <summary>The members of a JSON document and their types, without any value: each path, such as <c>data[].price.unit</c>, with the types found there.</summary>
internal sealed class JsonShape
{
    private const int MaxDepth = 12;
    private const int MaxPaths = 2000;

    private readonly SortedDictionary<string, SortedSet<string>> _types = new(StringComparer.Ordinal);

    /// <summary>The paths and their types.</summary>
    internal IReadOnlyDictionary<string, SortedSet<string>> Types => _types;

    /// <summary>Reads the shape of a document.</summary>
    internal static JsonShape Of(JsonElement root)
    {
        JsonShape shape = new();
        shape.Add("", root, 0);
        return shape;
    }

    /// <summary>The differences between this document, of the service, and that of the emulator.</summary>
    /// <param name="emulated">The shape of the emulator's document.</param>
    /// <param name="isOptional">Whether a member that only the emulator has is no difference, since it depends on the account or the model.</param>
    internal IEnumerable<string> Compare(JsonShape emulated, bool isOptional)
    {
        foreach ((string path, SortedSet<string> types) in _types)
        {
            if (!emulated._types.TryGetValue(path, out SortedSet<string>? known))
            {
                // The members of an unknown member are not listed one by one.
                if (emulated._types.ContainsKey(Parent(path)))
                {
                    yield return $"'{path}' ({Join(types)}) is not in the emulator";
                }
            }
            else if (Values(types) is { Length: > 0 } found && Values(known) is { Length: > 0 } expected && found.Except(expected).Any())
            {
                yield return $"'{path}' is {Join(found)}, in the emulator {Join(expected)}";
            }
        }

        foreach (string path in isOptional ? [] : emulated._types.Keys.Except(_types.Keys).Where(p => _types.ContainsKey(Parent(p))))
        {
            yield return $"'{path}' is missing";
        }
    }

    // An empty list or null says nothing about what else can be there.
    private static string[] Values(IEnumerable<string> types) => [.. types.Where(t => t != "null")];

    private static string Join(IEnumerable<string> types) => string.Join(" or ", types);

    private static string Parent(string path)
    {
        int end = path.EndsWith("[]", StringComparison.Ordinal) ? path.Length - 2 : Math.Max(path.LastIndexOf('.'), 0);
        return path[..end];
    }

    private void Add(string path, JsonElement value, int depth)
    {
        if (!_types.TryGetValue(path, out SortedSet<string>? types))
        {
            if (_types.Count >= MaxPaths)
            {
                return;
            }

            _types[path] = types = new SortedSet<string>(StringComparer.Ordinal);
        }

        types.Add(NameOf(value.ValueKind));
        if (depth >= MaxDepth)
        {
            return;
        }

        if (value.ValueKind == JsonValueKind.Array)
        {
            foreach (JsonElement item in value.EnumerateArray())
            {
                Add(path + "[]", item, depth + 1);
            }
        }
        else if (value.ValueKind == JsonValueKind.Object)
        {
            foreach (JsonProperty member in value.EnumerateObject())
            {
                string name = SafeText.Sanitize(member.Name, length: 60);
                Add(path.Length == 0 ? name : $"{path}.{name}", member.Value, depth + 1);
            }
        }
    }

    private static string NameOf(JsonValueKind kind) => kind switch
    {
        JsonValueKind.True or JsonValueKind.False => "boolean",
        JsonValueKind.Undefined => "null",
        _ => kind.ToString().ToLowerInvariant(),
    };
}
