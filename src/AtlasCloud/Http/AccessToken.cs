using System.Net.Http.Headers;
using AtlasCloud.Text;

namespace AtlasCloud.Http;

/// <summary>An OAuth access token in place of an API key (API reference, section 2.6). It is sent like a key; only the explanation of a refusal differs.</summary>
internal static class AccessToken
{
    private const string ScopeParameter = "scope=\"";

    /// <summary>Whether a key has the form of an access token: three parts, of which the first is a JSON object in Base64.</summary>
    internal static bool IsAccessToken(string? key) => key is not null && key.StartsWith("eyJ", StringComparison.Ordinal) && key.Count(c => c == '.') == 2;

    /// <summary>The scope that a refusal asks for; null if it names none.</summary>
    internal static string? FindScope(IEnumerable<AuthenticationHeaderValue> challenges, string? key)
    {
        string? parameters = challenges.FirstOrDefault(c => c.Parameter?.Contains(ScopeParameter, StringComparison.Ordinal) == true)?.Parameter;
        int start = parameters is null ? 0 : parameters.IndexOf(ScopeParameter, StringComparison.Ordinal) + ScopeParameter.Length;
        int end = parameters?.IndexOf('"', start) ?? -1;
        return end > start ? SafeText.Sanitize(parameters![start..end], key, 60) : null;
    }
}
