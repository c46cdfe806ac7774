namespace AtlasCloud.Emulation.Scenarios;

/// <summary>The rule that applies to a request.</summary>
/// <param name="Rule">The rule.</param>
/// <param name="RuleNumber">Its number in the scenario, from 1; null for chaos faults.</param>
/// <param name="MatchCount">How often it has applied, including this time.</param>
internal sealed record ScenarioMatch(ScenarioRule Rule, int? RuleNumber, int MatchCount);
