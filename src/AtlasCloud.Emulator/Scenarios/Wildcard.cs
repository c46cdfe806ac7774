using System.Text.RegularExpressions;

namespace AtlasCloud.Emulation.Scenarios;

/// <summary>A text in which <c>*</c> stands for anything. Case does not count.</summary>
internal sealed class Wildcard
{
    private readonly Regex _pattern;

    internal Wildcard(string text) => _pattern = new Regex(
        "^" + Regex.Escape(text).Replace("\\*", ".*", StringComparison.Ordinal) + "$",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.Singleline | RegexOptions.NonBacktracking);

    internal bool IsMatch(string text) => _pattern.IsMatch(text);
}
