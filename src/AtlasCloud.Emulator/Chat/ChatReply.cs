namespace AtlasCloud.Emulation.Chat;

/// <summary>What the emulator says, in the terms of no protocol.</summary>
internal sealed record ChatReply
{
    internal string Text { get; init; } = "";

    /// <summary>What was thought aloud before; empty for nothing.</summary>
    internal string Reasoning { get; init; } = "";

    internal IReadOnlyList<ToolCall> ToolCalls { get; init; } = [];

    internal FinishReason FinishReason { get; init; }

    /// <summary>The tokens that are counted for it, those of thinking included.</summary>
    internal long Tokens { get; init; }

    /// <summary>The tokens of thinking, aloud or not.</summary>
    internal long ReasoningTokens { get; init; }

    internal bool IsEmpty => Text.Length == 0 && Reasoning.Length == 0 && ToolCalls.Count == 0;
}
