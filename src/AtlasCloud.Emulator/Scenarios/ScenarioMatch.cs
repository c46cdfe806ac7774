namespace AtlasCloud.Emulation.Scenarios;

/// <summary>
/// The rule that a request fell under, its place in the scenario, and how often it has applied, both from 1. What strikes by rate has no place.
/// </summary>
internal sealed record ScenarioMatch(ScenarioRule Rule, int? RuleNumber, int MatchCount);
