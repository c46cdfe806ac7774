using AtlasCloud.Emulation.Http;

namespace AtlasCloud.Emulation.Routing;

/// <summary>Authenticates requests by their key. Each of the four protocols has its own place for the key.</summary>
internal sealed class Authentication
{
    private const string Scheme = "Bearer ";

    private readonly IReadOnlyList<string> _keys;

    /// <param name="keys">The key of each account.</param>
    internal Authentication(IReadOnlyList<string> keys) => _keys = keys;

    /// <summary>The number, from 1, of the account whose key the request contains; null for none.</summary>
    internal int? FindAccount(Request request)
    {
        foreach (string key in FindKeys(request).OfType<string>())
        {
            for (int i = 0; i < _keys.Count; i++)
            {
                if (string.Equals(_keys[i], key, StringComparison.Ordinal))
                {
                    return i + 1;
                }
            }
        }

        return null;
    }

    /// <summary>The key of an account; null for none.</summary>
    internal string? KeyOf(int? account) => account is { } number ? _keys[number - 1] : null;

    /// <summary>Masks the keys in a text that is recorded.</summary>
    internal string Mask(string text) => _keys.Aggregate(text, (masked, key) => masked.Replace(key, "***", StringComparison.Ordinal));

    private static IEnumerable<string?> FindKeys(Request request)
    {
        yield return request.Headers["Authorization"] is { } value && value.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase)
            ? value[Scheme.Length..].Trim()
            : null;
        yield return request.Headers["x-api-key"];
        yield return request.Headers["x-goog-api-key"];
        yield return request.Query["key"];
    }
}
