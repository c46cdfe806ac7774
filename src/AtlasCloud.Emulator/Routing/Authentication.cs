using AtlasCloud.Emulation.Http;
using AtlasCloud.Emulation.Management;

namespace AtlasCloud.Emulation.Routing;

/// <summary>Authenticates requests by their key. Each of the four protocols has its own place for the key.</summary>
internal sealed class Authentication
{
    private const string Scheme = "Bearer ";

    private readonly IReadOnlyList<string> _keys;
    private readonly string _managementKey;
    private readonly ManagementStore _store;

    /// <param name="keys">The key of each account.</param>
    /// <param name="managementKey">The management key, which belongs to the first account.</param>
    /// <param name="store">The keys that the management API created.</param>
    internal Authentication(IReadOnlyList<string> keys, string managementKey, ManagementStore store) =>
        (_keys, _managementKey, _store) = (keys, managementKey, store);

    /// <summary>Finds whose key the request contains.</summary>
    internal Caller FindCaller(Request request)
    {
        foreach (string key in FindKeys(request).OfType<string>())
        {
            if (string.Equals(_managementKey, key, StringComparison.Ordinal))
            {
                return new Caller(null, IsManagement: true);
            }

            if (_store.Authenticate(key) is { } created)
            {
                return new Caller(1, created.Id);
            }

            for (int i = 0; i < _keys.Count; i++)
            {
                if (string.Equals(_keys[i], key, StringComparison.Ordinal))
                {
                    return new Caller(i + 1);
                }
            }
        }

        return Caller.Unknown;
    }

    /// <summary>The key of an account; null for none.</summary>
    internal string? KeyOf(int? account) => account is { } number ? _keys[number - 1] : null;

    /// <summary>Masks the keys in a text that is recorded.</summary>
    internal string Mask(string text) => _keys.Append(_managementKey).Concat(_store.Secrets).Aggregate(text, (masked, key) => masked.Replace(key, "***", StringComparison.Ordinal));

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
