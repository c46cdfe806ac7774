using System.Collections.Specialized;
using System.Text.Json;
using AtlasCloud.Http;

namespace AtlasCloud;

/// <summary>The tokens of one answer.</summary>
public sealed record ChatUsage
{
    /// <summary>Tokens read.</summary>
    public long? InputTokens { get; init; }

    /// <summary>Tokens written, hidden reasoning included.</summary>
    public long? OutputTokens { get; init; }

    /// <summary>Both together.</summary>
    public long? TotalTokens { get; init; }

    /// <summary>The part of what was read that came from a cache.</summary>
    public long? CachedTokens { get; init; }

    /// <summary>The part of what was written that was reasoning.</summary>
    public long? ReasoningTokens { get; init; }

    /// <summary>What else the service counts.</summary>
    public OrderedDictionary AdditionalProperties { get; init; } = [];

    /// <summary>Read and written.</summary>
    public override string ToString() => $"{InputTokens} in, {OutputTokens} out";

    internal static ChatUsage? Read(JsonElement? usage) => usage is not JsonElement { ValueKind: JsonValueKind.Object } data ? null : new ChatUsage
    {
        InputTokens = data.FirstMember("prompt_tokens", "input_tokens")?.AsInteger(),
        OutputTokens = data.FirstMember("completion_tokens", "output_tokens")?.AsInteger(),
        TotalTokens = data.Member("total_tokens")?.AsInteger(),
        CachedTokens = data.Member("prompt_tokens_details")?.Member("cached_tokens")?.AsInteger(),
        ReasoningTokens = data.Member("completion_tokens_details")?.Member("reasoning_tokens")?.AsInteger(),
        AdditionalProperties = JsonPlain.DictionaryOf(data, name => name is not
            ("prompt_tokens" or "input_tokens" or "completion_tokens" or "output_tokens" or "total_tokens")),
    };
}
