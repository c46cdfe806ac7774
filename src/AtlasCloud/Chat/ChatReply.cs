using System.Collections.Specialized;
using System.Diagnostics.CodeAnalysis;
using AtlasCloud.Text;

namespace AtlasCloud;

/// <summary>The answer of a language model. It reads as its text, and pipes into the next question.</summary>
public sealed record ChatReply
{
    private readonly IReadOnlyList<ChatToolCall> _toolCalls = [];
    private readonly IReadOnlyList<ChatToolCall> _toolRuns = [];
    private readonly IReadOnlyList<ChatMessage> _conversation = [];

    /// <summary>What the model said.</summary>
    public string Text { get; init; } = "";

    /// <summary>What the model thought before it said it, where it shows that.</summary>
    public string? Reasoning { get; init; }

    /// <summary>The text as values, where a JSON schema was asked for and the text fits it.</summary>
    [SuppressMessage("Naming", "CA1720", Justification = "It is the object that the text says.")]
    public object? Object { get; init; }

    /// <summary>The model that answered.</summary>
    public string? Model { get; init; }

    /// <summary>The protocol it was reached by.</summary>
    public string? Protocol { get; init; }

    /// <summary>Why it ended: stop, length, tool_calls, content_filter.</summary>
    public string? FinishReason { get; init; }

    /// <summary>The calls that it asks for and that were not run.</summary>
    public IReadOnlyList<ChatToolCall> ToolCalls { get => _toolCalls; init => _toolCalls = ReadOnlyLists.Create(value); }

    /// <summary>The calls that were run on the way to this answer, in their order, with what came of them.</summary>
    public IReadOnlyList<ChatToolCall> ToolRuns { get => _toolRuns; init => _toolRuns = ReadOnlyLists.Create(value); }

    /// <summary>The tokens it took, all rounds together; null where the service does not say.</summary>
    public ChatUsage? Usage { get; init; }

    /// <summary>What it costs by the catalog's rates, in US dollars, all rounds together. An estimate; null where it cannot be known.</summary>
    public decimal? EstimatedCost { get; init; }

    /// <summary>The whole conversation, this answer included.</summary>
    public IReadOnlyList<ChatMessage> Conversation { get => _conversation; init => _conversation = ReadOnlyLists.Create(value); }

    /// <summary>How many questions were sent, one for each round of tools and one for each correction.</summary>
    public int Rounds { get; init; } = 1;

    /// <summary>Whether the stream broke before the end: what is here is a part.</summary>
    public bool IsInterrupted { get; init; }

    /// <summary>Time until the first words came.</summary>
    public TimeSpan? TimeToFirstToken { get; init; }

    /// <summary>Time until the last ones came.</summary>
    public TimeSpan Duration { get; init; }

    /// <summary>The service's id for the answer.</summary>
    public string? Id { get; init; }

    /// <summary>The id to name to the service's support.</summary>
    public string? RequestId { get; init; }

    /// <summary>What else the service says, and why it ended in the protocol's own word.</summary>
    public OrderedDictionary AdditionalProperties { get; init; } = [];

    /// <summary>What the model said.</summary>
    public override string ToString() => Text;

    /// <summary>Why the stream broke.</summary>
    internal AtlasCloudException? Interruption { get; init; }

    /// <summary>Thoughts that the model wants to see again.</summary>
    internal IReadOnlyList<ReasoningBlock> Thoughts { get; init; } = [];
}
