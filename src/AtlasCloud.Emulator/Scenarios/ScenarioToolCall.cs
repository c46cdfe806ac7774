namespace AtlasCloud.Emulation.Scenarios;

/// <summary>A tool call that a scenario spells out.</summary>
/// <param name="Name">The name of the tool. It need not be one of those that came with the request.</param>
/// <param name="Arguments">The arguments as JSON text; where the scenario has a text, that text, valid or not.</param>
internal sealed record ScenarioToolCall(string Name, string Arguments);
