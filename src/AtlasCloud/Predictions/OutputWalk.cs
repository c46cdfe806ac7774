using System.Text.Json;
using AtlasCloud.Json;

namespace AtlasCloud.Predictions;

/// <summary>
/// Searches a value for results: addresses, content and, where a text can be a result, text. Any nesting of arrays and objects is accepted, within limits of
/// depth and number.
/// </summary>
internal sealed class OutputWalk(bool allowsText)
{
    private const int MaxDepth = 8;
    private const int MaxElements = 500_000;

    // Different names for one address. The first that an object has is read.
    private static readonly string[] s_addressNames = ["url", "download_url", "file_url", "uri", "href", "b64_json"];

    private static readonly string[] s_textNames = ["text", "content", "output", "transcript", "lyrics", .. s_addressNames];

    // Members whose addresses are not results.
    private static readonly HashSet<string> s_inputNames = new(StringComparer.OrdinalIgnoreCase)
    {
        "input", "inputs", "request", "requestBody", "request_body", "parameters", "params", "urls", "links", "webhook", "webhook_url", "error", "logs", "model",
    };

    private readonly List<FoundOutput> _found = [];
    private readonly HashSet<string> _values = new(StringComparer.Ordinal);
    private int _elements;

    /// <summary>What was found, in document order.</summary>
    internal IReadOnlyList<FoundOutput> Found => _found;

    /// <summary>Whether a value has no content: null, an empty text, or a list or an object of such values.</summary>
    internal static bool IsEmpty(JsonElement value) => IsEmpty(value, 0);

    /// <summary>Reads a value. Each item of a list counts on its own.</summary>
    /// <returns>Whether everything was read; false if an item has content and no result was found in it.</returns>
    internal bool Read(JsonElement value) => Read(value, 0);

    /// <summary>Reads the members of an object, except those that are excluded. Text is not read.</summary>
    internal void ReadMembers(JsonElement value, Func<string, bool> isExcluded)
    {
        foreach ((string name, JsonElement member) in value.Members().Where(m => !isExcluded(m.Name)))
        {
            ReadMember(name, member, new FoundOutput("", null, null, null), 0);
        }
    }

    private bool Read(JsonElement value, int depth)
    {
        if (++_elements > MaxElements || depth > MaxDepth)
        {
            return IsEmpty(value);
        }

        switch (value.ValueKind)
        {
            case JsonValueKind.Array:
                bool isRead = true;
                foreach (JsonElement item in value.EnumerateArray())
                {
                    isRead &= Read(item, depth + 1);
                    if (_elements > MaxElements)
                    {
                        return false;
                    }
                }

                return isRead;
            case JsonValueKind.Object:
                int before = _found.Count;
                ReadObject(value, depth);
                return _found.Count > before || IsEmpty(value);
            case JsonValueKind.String:
                return value.AsText() is not string text || TryAdd(new FoundOutput(text, null, null, null), allowsText);
            default:
                return value.ValueKind is JsonValueKind.Null or JsonValueKind.Undefined;
        }
    }

    private void ReadObject(JsonElement value, int depth)
    {
        FoundOutput template = new("", null, value.Text("content_type", "mime_type", "mimeType"), value.Text("type", "format"));
        int before = _found.Count;
        foreach (string name in s_addressNames)
        {
            if (value.Text(name) is string address && TryAdd(template with { Value = address, Name = name }, allowsText: false))
            {
                return;
            }
        }

        foreach ((string name, JsonElement member) in value.Members().Where(m => !s_inputNames.Contains(m.Name)))
        {
            ReadMember(name, member, template, depth);
            if (_elements > MaxElements)
            {
                return;
            }
        }

        if (_found.Count == before && allowsText && value.Text(s_textNames) is string text)
        {
            TryAdd(template with { Value = text }, allowsText: true);
        }
    }

    private void ReadMember(string name, JsonElement member, FoundOutput template, int depth)
    {
        if (s_inputNames.Contains(name) || ++_elements > MaxElements)
        {
            return;
        }

        if (member.ValueKind == JsonValueKind.String)
        {
            if (member.AsText() is string text && !_values.Contains(text))
            {
                TryAdd(template with { Value = text, Name = name }, allowsText: false);
            }
        }
        else if (member.ValueKind == JsonValueKind.Array || (member.ValueKind == JsonValueKind.Object && depth < MaxDepth))
        {
            int before = _found.Count;
            Read(member, depth + 1);
            for (int i = before; i < _found.Count; i++)
            {
                _found[i] = _found[i] with { Name = FoundOutput.IsPreviewName(name) ? name : _found[i].Name };
            }
        }
    }

    private bool TryAdd(FoundOutput found, bool allowsText)
    {
        bool isAdded = found.IsAddressOrContent || (allowsText && !found.LooksLikeReference);
        if (isAdded)
        {
            _found.Add(found);
            _values.Add(found.Value);
        }

        return isAdded;
    }

    private static bool IsEmpty(JsonElement value, int depth) => value.ValueKind switch
    {
        JsonValueKind.Null or JsonValueKind.Undefined => true,
        JsonValueKind.String => value.AsText() is null,
        JsonValueKind.Array => depth < MaxDepth && value.EnumerateArray().All(i => IsEmpty(i, depth + 1)),
        JsonValueKind.Object => depth < MaxDepth && value.EnumerateObject().All(m => IsEmpty(m.Value, depth + 1)),
        _ => false,
    };
}
