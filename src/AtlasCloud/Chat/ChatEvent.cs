namespace AtlasCloud.Chat;

/// <summary>An event of a stream as a protocol reads it: a piece for the user, and what is only put together.</summary>
internal sealed record ChatEvent
{
    /// <summary>An event of the protocol that carries nothing.</summary>
    internal static readonly ChatEvent Empty = new();

    internal string Text { get; init; } = "";

    internal string? Reasoning { get; init; }

    internal IReadOnlyList<ChatToolCall> ToolCalls { get; init; } = [];

    /// <summary>A thought that ends here, by its proof or with its secret words.</summary>
    internal ReasoningBlock? ThoughtEnd { get; init; }

    /// <summary>The answer as a whole, which some protocols send once more at the end.</summary>
    internal ChatReply? Whole { get; init; }

    /// <summary>Why it ended, in the common words.</summary>
    internal string? FinishReason { get; init; }

    /// <summary>Why it ended, in the protocol's word.</summary>
    internal string? RawFinishReason { get; init; }

    internal ChatUsage? Usage { get; init; }

    internal string? Id { get; init; }

    internal string? Model { get; init; }

    /// <summary>Whether nothing comes after it.</summary>
    internal bool IsLast { get; init; }

    /// <summary>The service's words, where it reports a failure.</summary>
    internal string? Failure { get; init; }

    internal bool HasContent => Text.Length > 0 || Reasoning is not null || ToolCalls.Count > 0;

    internal ChatChunk ToChunk() => new() { Text = Text, Reasoning = Reasoning, ToolCalls = ToolCalls, FinishReason = FinishReason, Usage = Usage };
}
