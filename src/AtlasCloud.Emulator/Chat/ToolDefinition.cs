using System.Text.Json.Nodes;

namespace AtlasCloud.Emulation.Chat;

/// <summary>A tool of a request, with the JSON schema of its arguments.</summary>
internal sealed record ToolDefinition(string Name, JsonNode? Schema);
