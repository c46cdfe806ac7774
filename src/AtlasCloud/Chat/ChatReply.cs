using System.Collections.Specialized;
using System.Diagnostics.CodeAnalysis;
using AtlasCloud.Json;
using AtlasCloud.Text;

namespace AtlasCloud;

/// <summary>The answer of a language model. It converts to its text, and its conversation can be continued.</summary>
public sealed record ChatReply
{
    private readonly IReadOnlyList<ChatToolCall> _toolCalls = ReadOnlyLists.Empty<ChatToolCall>();
    private readonly IReadOnlyList<ChatToolCall> _toolRuns = ReadOnlyLists.Empty<ChatToolCall>();
    private readonly IReadOnlyList<ChatMessage> _conversation = ReadOnlyLists.Empty<ChatMessage>();

    /// <summary>The text of the answer; empty if the model only calls tools.</summary>
    public string Text { get; init; } = "";

    /// <summary>The model's reasoning before the answer; null if it does not show any.</summary>
    public string? Reasoning { get; init; }

    /// <summary>The value of a reply to a request with a JSON schema: string, boolean, long, decimal, double, array or ordered dictionary. Null without a schema.</summary>
    [SuppressMessage("Naming", "CA1720", Justification = "It is the object that the text represents.")]
    public object? Object { get; init; }

    /// <summary>The ID of the model that answered, as the service reports it.</summary>
    public string? Model { get; init; }

    /// <summary>The chat protocol that was used.</summary>
    public string? Protocol { get; init; }

    /// <summary>Why the answer ended: stop, length, tool_calls, content_filter, or an unknown reason of the service. Null if it reports none.</summary>
    public string? FinishReason { get; init; }

    /// <summary>The tool calls that the model requests and that were not run.</summary>
    public IReadOnlyList<ChatToolCall> ToolCalls { get => _toolCalls; init => _toolCalls = ReadOnlyLists.Create(value); }

    /// <summary>The tool calls that were run for this answer, in order, with their results.</summary>
    public IReadOnlyList<ChatToolCall> ToolRuns { get => _toolRuns; init => _toolRuns = ReadOnlyLists.Create(value); }

    /// <summary>The tokens used, as a total of all rounds; null if the service does not report them.</summary>
    public ChatUsage? Usage { get; init; }

    /// <summary>The estimated cost in <see cref="Currency"/> by the rates of the catalog, as a total of all rounds; null if it is unknown.</summary>
    public decimal? EstimatedCost { get; init; }

    /// <summary>The currency of <see cref="EstimatedCost"/>, in lower case: usd.</summary>
    public string Currency { get; init; } = "usd";

    /// <summary>The whole conversation including this answer, to be continued in the next request.</summary>
    public IReadOnlyList<ChatMessage> Conversation { get => _conversation; init => _conversation = ReadOnlyLists.Create(value); }

    /// <summary>The number of requests sent: one, plus one for each round of tool calls and for a correction.</summary>
    public int Rounds { get; init; } = 1;

    /// <summary>Whether the stream was interrupted, so that the answer is incomplete.</summary>
    public bool IsInterrupted { get; init; }

    /// <summary>The time until the first part of the answer arrived; null without a stream.</summary>
    public TimeSpan? TimeToFirstToken { get; init; }

    /// <summary>The time until the answer was complete, tools included.</summary>
    public TimeSpan Duration { get; init; }

    /// <summary>The service's ID of the answer.</summary>
    public string? Id { get; init; }

    /// <summary>The request ID, to quote to the service's support.</summary>
    public string? RequestId { get; init; }

    /// <summary>Further members of the response, and the finish reason under the protocol's own name.</summary>
    public OrderedDictionary AdditionalProperties { get; init; } = new TextualDictionary();

    /// <summary>The text of the answer.</summary>
    public override string ToString() => Text;

    /// <summary>Returns why the stream was interrupted (StreamInterrupted); null if it was not.</summary>
    /// <remarks>A method, not a property: serializers would otherwise write the exception with every reply.</remarks>
    [SuppressMessage("Design", "CA1024", Justification = "See the remarks.")]
    public AtlasCloudException? GetInterruption() => Interruption;

    internal AtlasCloudException? Interruption { get; init; }

    /// <summary>The reasoning that the model requires back together with the results of its tool calls.</summary>
    internal IReadOnlyList<ReasoningBlock> ReasoningBlocks { get; init; } = [];
}
