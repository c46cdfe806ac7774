using AtlasCloud.Emulation.Http;

namespace AtlasCloud.Emulation.Routing;

/// <summary>Authenticates requests by their key. Each of the four protocols has its own place for the key.</summary>
internal sealed class Authentication
{
    private const string Scheme = "Bearer ";

    private readonly string _key;

    internal Authentication(string key) => _key = key;

    internal bool IsAuthorized(Request request) =>
        FindKeys(request).Any(key => string.Equals(key, _key, StringComparison.Ordinal));

    /// <summary>Masks the key in a text that is recorded.</summary>
    internal string Mask(string text) => text.Replace(_key, "***", StringComparison.Ordinal);

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
