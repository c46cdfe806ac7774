using System.Text.RegularExpressions;
using AtlasCloud.Text;

namespace AtlasCloud.JsonSchema;

/// <summary>Matches a string with a pattern of a schema. Patterns are untrusted, and some backtrack without end.</summary>
internal static class PatternRule
{
    // A longer pattern takes long to compile, which no timeout limits.
    private const int MaxPatternLength = 10_000;

    // Most patterns take microseconds. One that takes longer is matched without backtracking, which starts slowly but takes linear time.
    private static readonly TimeSpan s_firstTimeout = TimeSpan.FromMilliseconds(25);

    /// <summary>Whether the text matches; true if the pattern is invalid or was not checked.</summary>
    internal static bool Matches(string text, string pattern, string path, ValidationLimit limit)
    {
        if (limit.IsTimeUp || pattern.Length > MaxPatternLength)
        {
            limit.Skip(path, "pattern");
            return true;
        }

        try
        {
            return (limit.HasSlowPattern ? null : TryMatch(text, pattern, RegexOptions.None, s_firstTimeout, limit))
                ?? TryMatch(text, pattern, RegexOptions.NonBacktracking, ValidationLimit.PatternTimeout, limit)
                ?? Skip(path, limit);
        }
        catch (NotSupportedException)
        {
            // A look-around or a back-reference, which only backtracking can match.
            return TryMatch(text, pattern, RegexOptions.None, ValidationLimit.PatternTimeout, limit) ?? Skip(path, limit);
        }
        catch (ArgumentException)
        {
            AtlasCloudLog.Verbose($"The schema's pattern {SafeText.Sanitize(pattern, length: 100)} is invalid and was ignored.");
            return true;
        }
    }

    private static bool Skip(string path, ValidationLimit limit)
    {
        limit.Skip(path, "pattern");
        return true;
    }

    private static bool? TryMatch(string text, string pattern, RegexOptions options, TimeSpan timeout, ValidationLimit limit)
    {
        try
        {
            return Regex.IsMatch(text, pattern, options | RegexOptions.CultureInvariant, timeout);
        }
        catch (RegexMatchTimeoutException)
        {
            limit.HasSlowPattern = true;
            return null;
        }
    }
}
