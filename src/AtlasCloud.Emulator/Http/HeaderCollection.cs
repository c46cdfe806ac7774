namespace AtlasCloud.Emulation.Http;

/// <summary>Headers in their original order, with case-insensitive names.</summary>
internal sealed class HeaderCollection
{
    private readonly List<KeyValuePair<string, string>> _lines = [];

    internal int Count => _lines.Count;

    internal IEnumerable<KeyValuePair<string, string>> Lines => _lines;

    internal string? this[string name]
    {
        get
        {
            foreach (KeyValuePair<string, string> line in _lines)
            {
                if (line.Key.Equals(name, StringComparison.OrdinalIgnoreCase))
                {
                    return line.Value;
                }
            }

            return null;
        }
    }

    internal void Add(string name, string value) => _lines.Add(new(name, value));

    /// <summary>Replaces all values of a header.</summary>
    internal void Set(string name, string value)
    {
        _lines.RemoveAll(line => line.Key.Equals(name, StringComparison.OrdinalIgnoreCase));
        Add(name, value);
    }

    internal bool Contains(string name) => this[name] is not null;

    /// <summary>Whether a list header (such as Connection, Transfer-Encoding or Expect) contains the token.</summary>
    internal bool HasToken(string name, string token) =>
        this[name] is { } value &&
        value.Split(',', StringSplitOptions.TrimEntries).Contains(token, StringComparer.OrdinalIgnoreCase);
}
