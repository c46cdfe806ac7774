using System.Collections.Specialized;
using System.Text.Json;
using AtlasCloud.Json;

namespace AtlasCloud;

/// <summary>The tokens of one answer.</summary>
public sealed record ChatUsage
{
    private static readonly HashSet<string> s_known = new(StringComparer.Ordinal)
    {
        "prompt_tokens", "input_tokens", "completion_tokens", "output_tokens", "total_tokens",
        "promptTokenCount", "candidatesTokenCount", "thoughtsTokenCount", "totalTokenCount", "cachedContentTokenCount",
    };

    /// <summary>Tokens read, those from a cache included.</summary>
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

    /// <summary>Reads the counts of any protocol; null where there are none.</summary>
    internal static ChatUsage? Read(JsonElement? usage)
    {
        if (usage is not JsonElement { ValueKind: JsonValueKind.Object } data)
        {
            return null;
        }

        // Claude counts what came from the cache, and what went into it, beside the input; the others count it as a part.
        long? cacheRead = data.Member("cache_read_input_tokens")?.AsInteger();
        long beside = (cacheRead ?? 0) + (data.Member("cache_creation_input_tokens")?.AsInteger() ?? 0);
        long? thoughts = data.Member("thoughtsTokenCount")?.AsInteger();
        long? input = data.FirstMember("prompt_tokens", "input_tokens", "promptTokenCount")?.AsInteger() + beside;
        long? output = data.FirstMember("completion_tokens", "output_tokens")?.AsInteger()
            ?? Sum(data.Member("candidatesTokenCount")?.AsInteger(), thoughts);
        return new ChatUsage
        {
            InputTokens = input,
            OutputTokens = output,
            TotalTokens = data.FirstMember("total_tokens", "totalTokenCount")?.AsInteger() ?? input + output,
            CachedTokens = data.FirstMember("prompt_tokens_details", "input_tokens_details")?.Member("cached_tokens")?.AsInteger()
                ?? data.Member("cachedContentTokenCount")?.AsInteger() ?? cacheRead,
            ReasoningTokens = data.FirstMember("completion_tokens_details", "output_tokens_details")?.Member("reasoning_tokens")?.AsInteger() ?? thoughts,
            AdditionalProperties = JsonValues.ToDictionary(data, name => !s_known.Contains(name)),
        };
    }

    /// <summary>What a later event of the same answer says, filled up with what an earlier one said.</summary>
    internal ChatUsage After(ChatUsage? earlier)
    {
        long? input = InputTokens ?? earlier?.InputTokens;
        long? output = OutputTokens ?? earlier?.OutputTokens;
        return this with
        {
            InputTokens = input,
            OutputTokens = output,
            TotalTokens = TotalTokens ?? input + output,
            CachedTokens = CachedTokens ?? earlier?.CachedTokens,
            ReasoningTokens = ReasoningTokens ?? earlier?.ReasoningTokens,
        };
    }

    /// <summary>The tokens of two answers together, as far as they were counted.</summary>
    internal static ChatUsage? Add(ChatUsage? one, ChatUsage? other) => one is null || other is null ? one ?? other : new ChatUsage
    {
        InputTokens = Sum(one.InputTokens, other.InputTokens),
        OutputTokens = Sum(one.OutputTokens, other.OutputTokens),
        TotalTokens = Sum(one.TotalTokens, other.TotalTokens),
        CachedTokens = Sum(one.CachedTokens, other.CachedTokens),
        ReasoningTokens = Sum(one.ReasoningTokens, other.ReasoningTokens),
    };

    private static long? Sum(long? one, long? other) => one is null ? other : one + (other ?? 0);
}
