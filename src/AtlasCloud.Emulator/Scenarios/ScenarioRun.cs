namespace AtlasCloud.Emulation.Scenarios;

/// <summary>A scenario in use: counts how often each rule has applied.</summary>
internal sealed class ScenarioRun
{
    private readonly object _gate = new();
    private readonly IReadOnlyList<ScenarioRule> _rules;
    private readonly int[] _seen;
    private readonly int[] _applied;
    private readonly Random _random;

    internal ScenarioRun(IReadOnlyList<ScenarioRule> rules, int seed)
    {
        _rules = rules;
        _seen = new int[rules.Count];
        _applied = new int[rules.Count];
        _random = new Random(seed);
    }

    /// <summary>The first rule that fits and is not used up; null where there is none.</summary>
    internal ScenarioMatch? Match(string method, string path, string? model)
    {
        lock (_gate)
        {
            for (int i = 0; i < _rules.Count; i++)
            {
                ScenarioRule rule = _rules[i];
                if (!rule.Fits(method, path, model) ||
                    _seen[i]++ < rule.Skip ||
                    _applied[i] >= rule.Times ||
                    (rule.Probability < 1.0 && _random.NextDouble() >= rule.Probability))
                {
                    continue;
                }

                return new ScenarioMatch(rule, i + 1, ++_applied[i]);
            }
        }

        return null;
    }
}
