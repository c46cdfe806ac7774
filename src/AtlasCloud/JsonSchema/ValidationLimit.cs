using AtlasCloud.Text;

namespace AtlasCloud.JsonSchema;

/// <summary>
/// What checking one request may cost. Schemas come from the network, and some take exponential time. A rule beyond the limit counts as kept, and its
/// place is reported.
/// </summary>
/// <param name="time">The time for all rules together. Default: 2 s.</param>
/// <param name="clock">The clock, for tests. Default: the system clock.</param>
internal sealed class ValidationLimit(TimeSpan? time = null, TimeProvider? clock = null)
{
    /// <summary>The time for a single pattern.</summary>
    internal static readonly TimeSpan PatternTimeout = TimeSpan.FromMilliseconds(250);

    private const int MaxPlaces = 1000;
    private const int MaxShown = 5;

    // Stops a schema that refers to itself at the same place of the value.
    private const int MaxDepth = 100;

    // Stops a schema that refers to itself twice at each level, which stays below the depth limit but grows exponentially, before it takes all memory.
    private const int MaxChecks = 200_000;

    private static readonly TimeSpan s_defaultTime = TimeSpan.FromSeconds(2);

    private readonly TimeProvider _clock = clock ?? TimeProvider.System;
    private readonly TimeSpan _time = time ?? s_defaultTime;
    private readonly long _start = (clock ?? TimeProvider.System).GetTimestamp();
    private readonly HashSet<(string Path, string Keyword)> _unchecked = [];
    private int _checkCount;

    /// <summary>How often a rule was not checked. A result is undetermined if this changes while it is computed.</summary>
    internal int SkippedCount { get; private set; }

    /// <summary>True once a pattern has timed out. The others are then likely to be as slow.</summary>
    internal bool HasSlowPattern { get; set; }

    /// <summary>Counts a check; false, and the place is reported, if it is beyond the limit.</summary>
    internal bool TryCheck(string path, int depth)
    {
        if (depth <= MaxDepth && ++_checkCount <= MaxChecks && !IsTimeUp)
        {
            return true;
        }

        Skip(path);
        return false;
    }

    /// <summary>True if no time is left.</summary>
    internal bool IsTimeUp => _clock.GetElapsedTime(_start) >= _time;

    /// <summary>Names the places whose rules were not checked, with the keyword if it is a single rule, in the order of the checks; null if there are none.</summary>
    internal string? DescribeUnchecked()
    {
        string[] all = [.. _unchecked.Select(u => Name(u.Path) + (u.Keyword.Length > 0 ? $" ({u.Keyword})" : "")).Distinct()];
        return all.Length switch
        {
            0 => null,
            > MaxShown => $"{string.Join(", ", all.Take(MaxShown))} and {all.Length - MaxShown} more",
            _ => string.Join(", ", all),
        };
    }

    /// <summary>Reports a rule that was not checked.</summary>
    internal void Skip(string path, string keyword = "")
    {
        SkippedCount++;
        if (_unchecked.Count < MaxPlaces)
        {
            _unchecked.Add((path, keyword));
        }
    }

    private static string Name(string path) =>
        path == "$" ? "rules between inputs" : $"'{SafeText.Sanitize(path.StartsWith("$.", StringComparison.Ordinal) ? path[2..] : path, length: 100)}'";
}
