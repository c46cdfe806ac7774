using System.Collections;
using System.Text.Json.Nodes;

namespace AtlasCloud;

/// <summary>What is asked of a language model.</summary>
public sealed record ChatRequest
{
    /// <summary>The model's id, in any case.</summary>
    public required string Model { get; init; }

    /// <summary>The conversation up to and with the question.</summary>
    public required IReadOnlyList<ChatMessage> Messages { get; init; }

    /// <summary>The protocol: openai.chat.completions, openai.responses, claude.messages or gemini.generate; null lets the catalog decide.</summary>
    public string? Protocol { get; init; }

    /// <summary>Pictures that come with the question.</summary>
    public IReadOnlyList<MediaSource> Images { get; init; } = [];

    /// <summary>Videos that come with the question.</summary>
    public IReadOnlyList<MediaSource> Videos { get; init; } = [];

    /// <summary>Sound that comes with the question.</summary>
    public IReadOnlyList<MediaSource> Audios { get; init; } = [];

    /// <summary>0 to 2: how far it strays from the likeliest words.</summary>
    public double? Temperature { get; init; }

    /// <summary>0 to 1: the share of likely words it chooses from.</summary>
    public double? TopP { get; init; }

    /// <summary>The most tokens to write, hidden reasoning included.</summary>
    public int? MaximumTokens { get; init; }

    /// <summary>Texts at which it stops.</summary>
    public IReadOnlyList<string> Stop { get; init; } = [];

    /// <summary>The seed.</summary>
    public long? Seed { get; init; }

    /// <summary>How long it thinks: low, medium, high, where the model knows that.</summary>
    public string? ReasoningEffort { get; init; }

    /// <summary>The functions that the model may ask for.</summary>
    public IReadOnlyList<ChatTool> Tools { get; init; } = [];

    /// <summary>Runs a call that the model asks for; null leaves the calls to the caller. Called for one call at a time, in their order.</summary>
    /// <remarks>What it throws, a cancellation excepted, is told to the model as the tool's failure.</remarks>
    public Func<ChatToolCall, CancellationToken, Task<ChatToolResult>>? RunTool { get; init; }

    /// <summary>How often the model may ask for calls before the chat ends.</summary>
    public int MaximumToolRounds { get; init; } = 8;

    /// <summary>The JSON schema that the reply has to fit; null for words.</summary>
    public JsonObject? JsonSchema { get; init; }

    /// <summary>Anything else, by the protocol's own names.</summary>
    public IDictionary? Parameters { get; init; }
}
