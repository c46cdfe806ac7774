using AtlasCloud.Text;

namespace AtlasCloud;

/// <summary>A piece of a streamed answer. The last one carries the whole reply.</summary>
public sealed record ChatChunk
{
    private readonly IReadOnlyList<ChatToolCall> _toolCalls = [];

    /// <summary>The words in this piece; empty where it carries something else.</summary>
    public string Text { get; init; } = "";

    /// <summary>The thoughts in this piece.</summary>
    public string? Reasoning { get; init; }

    /// <summary>The pieces of tool calls in it.</summary>
    public IReadOnlyList<ChatToolCall> ToolCalls { get => _toolCalls; init => _toolCalls = ReadOnlyLists.Create(value); }

    /// <summary>A call that has just been run, with what came of it.</summary>
    public ChatToolCall? ToolRun { get; init; }

    /// <summary>Why the answer ended, once it did.</summary>
    public string? FinishReason { get; init; }

    /// <summary>The tokens, once they are counted.</summary>
    public ChatUsage? Usage { get; init; }

    /// <summary>The round it belongs to: 1 for the first question, one more after each round of tools and each correction.</summary>
    public int Round { get; init; } = 1;

    /// <summary>The whole answer, on the last piece.</summary>
    public ChatReply? Reply { get; init; }

    /// <summary>The words.</summary>
    public override string ToString() => Text;
}
