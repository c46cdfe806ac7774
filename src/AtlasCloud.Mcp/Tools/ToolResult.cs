using System.Text.Json.Nodes;
using ModelContextProtocol.Protocol;

namespace AtlasCloud.Mcp.Tools;

/// <summary>What a tool returns.</summary>
/// <param name="Data">The structured result.</param>
internal sealed record ToolResult(JsonObject Data)
{
    /// <summary>Links to files and previews.</summary>
    internal IReadOnlyList<ContentBlock> Content { get; init; } = [];
}
