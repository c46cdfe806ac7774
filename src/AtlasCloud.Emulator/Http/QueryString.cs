namespace AtlasCloud.Emulation.Http;

/// <summary>The query string of a request.</summary>
internal sealed class QueryString
{
    private readonly List<KeyValuePair<string, string>> _items = [];

    private QueryString()
    {
    }

    internal string? this[string name]
    {
        get
        {
            foreach (KeyValuePair<string, string> item in _items)
            {
                if (item.Key == name)
                {
                    return item.Value;
                }
            }

            return null;
        }
    }

    /// <summary>The names in their order, including repetitions.</summary>
    internal IEnumerable<string> Names => _items.Select(item => item.Key);

    internal IEnumerable<string> Values(string name) => _items.Where(item => item.Key == name).Select(item => item.Value);

    internal static QueryString Parse(string text)
    {
        QueryString query = new();
        foreach (string pair in text.Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            int equals = pair.IndexOf('=', StringComparison.Ordinal);
            string name = equals < 0 ? pair : pair[..equals];
            string value = equals < 0 ? "" : pair[(equals + 1)..];
            query._items.Add(new(Decode(name), Decode(value)));
        }

        return query;
    }

    private static string Decode(string text) => Uri.UnescapeDataString(text.Replace('+', ' '));
}
