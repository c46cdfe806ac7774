namespace AtlasCloud.Emulation.Scenarios;

/// <summary>Matches requests to the rules of a scenario, and counts how often each rule has applied.</summary>
internal sealed class ScenarioMatcher
{
    private readonly object _lock = new();
    private readonly IReadOnlyList<ScenarioRule> _rules;
    private readonly int[] _seenCounts;
    private readonly int[] _appliedCounts;
    private readonly Random _random;

    internal ScenarioMatcher(IReadOnlyList<ScenarioRule> rules, int seed)
    {
        _rules = rules;
        _seenCounts = new int[rules.Count];
        _appliedCounts = new int[rules.Count];
        _random = new Random(seed);
    }

    /// <summary>The first rule that matches and is not used up; null for none.</summary>
    internal ScenarioMatch? Match(string method, string path, string? model)
    {
        lock (_lock)
        {
            for (int i = 0; i < _rules.Count; i++)
            {
                ScenarioRule rule = _rules[i];
                if (!rule.Matches(method, path, model) ||
                    _seenCounts[i]++ < rule.Skip ||
                    _appliedCounts[i] >= rule.Times ||
                    (rule.Probability < 1.0 && _random.NextDouble() >= rule.Probability))
                {
                    continue;
                }

                return new ScenarioMatch(rule, i + 1, ++_appliedCounts[i]);
            }
        }

        return null;
    }
}
