using System.Collections;

namespace AtlasCloud;

/// <summary>What is asked of a language model.</summary>
public sealed record ChatRequest
{
    /// <summary>The model's id, in any case.</summary>
    public required string Model { get; init; }

    /// <summary>The conversation up to and with the question.</summary>
    public required IReadOnlyList<ChatMessage> Messages { get; init; }

    /// <summary>Pictures that come with the question.</summary>
    public IReadOnlyList<MediaSource> Images { get; init; } = [];

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

    /// <summary>Anything else, by the protocol's own names.</summary>
    public IDictionary? Parameters { get; init; }
}
