using System.Collections;
using System.Text.Json.Nodes;

namespace AtlasCloud;

/// <summary>A request to a language model.</summary>
public sealed record ChatRequest
{
    /// <summary>The model ID, in any case. An ID that the catalog does not have is an error.</summary>
    public required string Model { get; init; }

    /// <summary>The conversation, ending with the message to answer.</summary>
    public required IReadOnlyList<ChatMessage> Messages { get; init; }

    /// <summary>The protocol: openai.chat.completions, openai.responses, claude.messages or gemini.generate. Default: the first that the catalog lists for the model.</summary>
    public string? Protocol { get; init; }

    /// <summary>Images of the last message. Files up to 4 MiB are sent as data, larger ones are uploaded.</summary>
    public IReadOnlyList<MediaSource> Images { get; init; } = [];

    /// <summary>Videos of the last message. Files up to 4 MiB are sent as data, larger ones are uploaded.</summary>
    public IReadOnlyList<MediaSource> Videos { get; init; } = [];

    /// <summary>Audio of the last message. All protocols except gemini.generate accept only wav and mp3, as data of up to 32 MiB.</summary>
    public IReadOnlyList<MediaSource> Audios { get; init; } = [];

    /// <summary>The sampling temperature, 0 to 2. Default: the model's.</summary>
    public double? Temperature { get; init; }

    /// <summary>Nucleus sampling, 0 to 1: the probability mass of the tokens to choose from. Default: the model's.</summary>
    public double? TopP { get; init; }

    /// <summary>The maximum number of tokens to generate, including hidden reasoning. Default: the model's; 4096 with claude.messages.</summary>
    public int? MaximumTokens { get; init; }

    /// <summary>
    /// The maximum cost of each request of the chat in US dollars. It is compared with an upper estimate by the length of the messages and
    /// <see cref="MaximumTokens"/>, which must be set, and the estimate is reserved in the budget until the answer arrives. Default: null, no limit: the request
    /// is sent if anything is left of the budget.
    /// </summary>
    public decimal? MaxCost { get; init; }

    /// <summary>Sequences at which the model stops. openai.responses does not support them.</summary>
    public IReadOnlyList<string> Stop { get; init; } = [];

    /// <summary>The seed. It is ignored, with a warning, by openai.responses and claude.messages.</summary>
    public long? Seed { get; init; }

    /// <summary>How much the model reasons: low, medium, high, if it supports that. Default: the model's.</summary>
    public string? ReasoningEffort { get; init; }

    /// <summary>The tools that the model may call.</summary>
    public IReadOnlyList<ChatTool> Tools { get; init; } = [];

    /// <summary>Runs one tool call; null returns the calls in <see cref="ChatReply.ToolCalls"/>. Invoked for one call at a time, in order.</summary>
    /// <remarks>An exception other than a cancellation becomes the result that the model gets.</remarks>
    public Func<ChatToolCall, CancellationToken, Task<ChatToolResult>>? RunTool { get; init; }

    /// <summary>The maximum number of rounds of tool calls. Default: 8. The chat then ends with the calls in the reply, and a warning.</summary>
    public int MaximumToolRounds { get; init; } = 8;

    /// <summary>The JSON schema that the reply has to match; null for plain text. See <see cref="ReplySchema"/>.</summary>
    public JsonObject? JsonSchema { get; init; }

    /// <summary>Further parameters under the protocol's own names. They override the properties of this request; objects are merged.</summary>
    public IDictionary? Parameters { get; init; }
}
