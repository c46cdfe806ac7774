namespace AtlasCloud.Emulation.Chat;

/// <summary>A generated reply, independent of the protocol.</summary>
internal sealed record ChatReply
{
    internal string Text { get; init; } = "";

    /// <summary>The visible reasoning; empty for none.</summary>
    internal string Reasoning { get; init; } = "";

    internal IReadOnlyList<ToolCall> ToolCalls { get; init; } = [];

    internal FinishReason FinishReason { get; init; }

    /// <summary>The output tokens, including reasoning tokens.</summary>
    internal long Tokens { get; init; }

    /// <summary>The reasoning tokens, visible or hidden.</summary>
    internal long ReasoningTokens { get; init; }

    internal bool IsEmpty => Text.Length == 0 && Reasoning.Length == 0 && ToolCalls.Count == 0;
}
