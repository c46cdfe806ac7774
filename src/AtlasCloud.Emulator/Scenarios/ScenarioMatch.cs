namespace AtlasCloud.Emulation.Scenarios;

/// <summary>The rule that a request fell under, its place in the scenario, and how often it has applied, both from 1.</summary>
internal sealed record ScenarioMatch(ScenarioRule Rule, int Number, int Occasion);
