using System.Text.Json.Nodes;

namespace AtlasCloud.Emulation.Chat;

/// <summary>A chat request, independent of the protocol.</summary>
internal sealed record ChatRequest
{
    internal required Conversation Conversation { get; init; }

    /// <summary>The maximum number of output tokens; null for no limit.</summary>
    internal int? MaximumTokens { get; init; }

    internal bool IsStreamed { get; init; }

    /// <summary>Whether the stream ends with its usage. Only chat completions make this optional.</summary>
    internal bool WantsUsage { get; init; }

    internal bool WantsReasoning { get; init; }

    /// <summary>The tools that may be called; empty if the request disables tools.</summary>
    internal IReadOnlyList<ToolDefinition> Tools { get; init; } = [];

    /// <summary>The tool that must be called; null if the model may choose.</summary>
    internal ToolDefinition? ForcedTool { get; init; }

    /// <summary>The JSON schema for the reply; null for free text.</summary>
    internal JsonNode? Schema { get; init; }

    /// <summary>Applies the tool choice of the request.</summary>
    /// <param name="mode">The mode of the protocol: none, auto, or one that forces a call.</param>
    /// <param name="name">The tool that must be called; null for any tool.</param>
    internal ChatRequest WithToolChoice(string? mode, string? name) => mode?.ToLowerInvariant() switch
    {
        "none" => this with { Tools = [] },
        "required" or "any" or "tool" or "function" => this with { ForcedTool = Tools.FirstOrDefault(tool => name is null || tool.Name == name) },
        _ => this,
    };
}
