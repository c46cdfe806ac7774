namespace AtlasCloud.Emulation.Scenarios;

/// <summary>A tool call that a scenario specifies.</summary>
/// <param name="Name">The name of the tool. It can be one that the request does not define.</param>
/// <param name="Arguments">The arguments as JSON text. A string in the scenario is used as is, even if it is not valid JSON.</param>
internal sealed record ScenarioToolCall(string Name, string Arguments);
