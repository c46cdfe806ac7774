namespace AtlasCloud.Mcp.Tools;

/// <summary>One call of a tool.</summary>
/// <param name="Tool">The name of the tool.</param>
/// <param name="Arguments">The checked arguments.</param>
/// <param name="Report">Reports progress to the client: the amount done, the total and a message. Does nothing if the client wants no progress.</param>
internal sealed record ToolCall(string Tool, ToolArguments Arguments, Func<double, double, string, Task> Report);
