namespace AtlasCloud.Chat;

/// <summary>An event of a stream as a protocol reads it: what is shown to the user, and what only goes into the reply.</summary>
internal sealed record ChatEvent
{
    /// <summary>An event without content.</summary>
    internal static readonly ChatEvent Empty = new();

    internal string Text { get; init; } = "";

    internal string? Reasoning { get; init; }

    internal IReadOnlyList<ChatToolCall> ToolCalls { get; init; } = [];

    /// <summary>The signature that completes a reasoning block, or a redacted block.</summary>
    internal ReasoningBlock? CompletedReasoning { get; init; }

    /// <summary>The complete reply, which some protocols repeat at the end.</summary>
    internal ChatReply? CompleteReply { get; init; }

    /// <summary>The common finish reason.</summary>
    internal string? FinishReason { get; init; }

    /// <summary>The finish reason under the protocol's own name.</summary>
    internal string? RawFinishReason { get; init; }

    internal ChatUsage? Usage { get; init; }

    internal string? Id { get; init; }

    internal string? Model { get; init; }

    /// <summary>Whether it is the last event.</summary>
    internal bool IsLast { get; init; }

    /// <summary>The service's message if it reports a failure.</summary>
    internal string? Failure { get; init; }

    internal bool HasContent => Text.Length > 0 || Reasoning is not null || ToolCalls.Count > 0;

    internal ChatChunk ToChunk(int round) => new() { Text = Text, Reasoning = Reasoning, ToolCalls = ToolCalls, FinishReason = FinishReason, Usage = Usage, Round = round };
}
