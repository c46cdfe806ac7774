namespace AtlasCloud.Emulation.Scenarios;

/// <summary>The rule that a request fell under, and its place in the scenario, from 1.</summary>
internal sealed record ScenarioMatch(ScenarioRule Rule, int Number);
