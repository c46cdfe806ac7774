using System.Collections.Specialized;

namespace AtlasCloud;

/// <summary>The answer of a language model. It reads as its text, and pipes into the next question.</summary>
public sealed record ChatReply
{
    private readonly IReadOnlyList<ChatToolCall> _toolCalls = [];
    private readonly IReadOnlyList<ChatMessage> _conversation = [];

    /// <summary>What the model said.</summary>
    public string Text { get; init; } = "";

    /// <summary>What the model thought before it said it, where it shows that.</summary>
    public string? Reasoning { get; init; }

    /// <summary>The model that answered.</summary>
    public string? Model { get; init; }

    /// <summary>Why it ended: stop, length, tool_calls, content_filter.</summary>
    public string? FinishReason { get; init; }

    /// <summary>The calls that it asks for.</summary>
    public IReadOnlyList<ChatToolCall> ToolCalls { get => _toolCalls; init => _toolCalls = Listing.Of(value); }

    /// <summary>The tokens it took; null where the service does not say.</summary>
    public ChatUsage? Usage { get; init; }

    /// <summary>The whole conversation, this answer included.</summary>
    public IReadOnlyList<ChatMessage> Conversation { get => _conversation; init => _conversation = Listing.Of(value); }

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

    /// <summary>What else the service says.</summary>
    public OrderedDictionary AdditionalProperties { get; init; } = [];

    /// <summary>What the model said.</summary>
    public override string ToString() => Text;

    /// <summary>Why the stream broke.</summary>
    internal AtlasCloudException? Interruption { get; init; }
}
