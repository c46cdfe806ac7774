using System.Text.RegularExpressions;

namespace AtlasCloud.Emulation.Scenarios;

/// <summary>A case-insensitive pattern in which <c>*</c> matches any text.</summary>
internal sealed class Wildcard
{
    private readonly Regex _pattern;

    internal Wildcard(string text) => _pattern = new Regex(
        "^" + Regex.Escape(text).Replace("\\*", ".*", StringComparison.Ordinal) + "$",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.Singleline | RegexOptions.NonBacktracking);

    internal bool IsMatch(string text) => _pattern.IsMatch(text);
}
