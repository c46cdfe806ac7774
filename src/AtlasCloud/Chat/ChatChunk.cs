using AtlasCloud.Text;

namespace AtlasCloud;

/// <summary>A chunk of a streamed answer. The last one carries the whole reply.</summary>
public sealed record ChatChunk
{
    private readonly IReadOnlyList<ChatToolCall> _toolCalls = ReadOnlyLists.Empty<ChatToolCall>();

    /// <summary>The text in this chunk; empty if it carries something else.</summary>
    public string Text { get; init; } = "";

    /// <summary>The reasoning in this chunk; null if it has none.</summary>
    public string? Reasoning { get; init; }

    /// <summary>The parts of tool calls in this chunk. Only the first part of a call has its name.</summary>
    public IReadOnlyList<ChatToolCall> ToolCalls { get => _toolCalls; init => _toolCalls = ReadOnlyLists.Create(value); }

    /// <summary>A tool call that has just been run, with its result; null for any other chunk.</summary>
    public ChatToolCall? ToolRun { get; init; }

    /// <summary>Why the answer ended; null until it has.</summary>
    public string? FinishReason { get; init; }

    /// <summary>The tokens of this answer; null until the service reports them.</summary>
    public ChatUsage? Usage { get; init; }

    /// <summary>The number of the request it belongs to: 1, and one more after each round of tool calls and for a correction.</summary>
    public int Round { get; init; } = 1;

    /// <summary>The whole reply, on the last chunk; null on all others.</summary>
    public ChatReply? Reply { get; init; }

    /// <summary>The text in this chunk.</summary>
    public override string ToString() => Text;
}
