using System.Text.Json.Nodes;

namespace AtlasCloud.Emulation.Chat;

/// <summary>A chat request, in the terms of no protocol.</summary>
internal sealed record ChatRequest
{
    internal required Conversation Conversation { get; init; }

    /// <summary>The most tokens of the answer; null for no limit.</summary>
    internal int? MaximumTokens { get; init; }

    internal bool IsStreamed { get; init; }

    /// <summary>Whether a stream ends with its usage; only one protocol leaves the choice.</summary>
    internal bool WantsUsage { get; init; }

    internal bool WantsReasoning { get; init; }

    /// <summary>The tools that may be called; none where the request forbids it.</summary>
    internal IReadOnlyList<ToolDefinition> Tools { get; init; } = [];

    /// <summary>The tool that must be called; null where that is left open.</summary>
    internal ToolDefinition? ForcedTool { get; init; }

    /// <summary>The JSON schema that the answer has to fit; null where it is free.</summary>
    internal JsonNode? Schema { get; init; }

    /// <summary>Applies what the request says about the use of its tools.</summary>
    /// <param name="mode">The word of the protocol: none, auto, or one that forces a call.</param>
    /// <param name="name">The one tool that must be called; null where any will do.</param>
    internal ChatRequest WithToolChoice(string? mode, string? name) => mode?.ToLowerInvariant() switch
    {
        "none" => this with { Tools = [] },
        "required" or "any" or "tool" or "function" => this with { ForcedTool = Tools.FirstOrDefault(tool => name is null || tool.Name == name) },
        _ => this,
    };
}
