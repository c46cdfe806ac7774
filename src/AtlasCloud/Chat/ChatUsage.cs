using System.Collections.Specialized;
using System.Globalization;
using System.Text.Json;
using AtlasCloud.Json;

namespace AtlasCloud;

/// <summary>The tokens of one answer, or of all rounds of a reply.</summary>
public sealed record ChatUsage
{
    private static readonly HashSet<string> s_known = new(StringComparer.Ordinal)
    {
        "prompt_tokens", "input_tokens", "completion_tokens", "output_tokens", "total_tokens",
        "promptTokenCount", "candidatesTokenCount", "thoughtsTokenCount", "totalTokenCount", "cachedContentTokenCount",
    };

    /// <summary>Input tokens, including cached ones; null if they were not counted.</summary>
    public long? InputTokens { get; init; }

    /// <summary>Output tokens, including hidden reasoning; null if they were not counted.</summary>
    public long? OutputTokens { get; init; }

    /// <summary>Input and output tokens; null if they were not counted.</summary>
    public long? TotalTokens { get; init; }

    /// <summary>Input tokens that came from a cache; null if the service does not report them.</summary>
    public long? CachedTokens { get; init; }

    /// <summary>Output tokens that were reasoning; null if the service does not report them.</summary>
    public long? ReasoningTokens { get; init; }

    /// <summary>Further counts of the service.</summary>
    public OrderedDictionary AdditionalProperties { get; init; } = new TextualDictionary();

    /// <summary>Input and output tokens.</summary>
    public override string ToString() => $"{InputTokens?.ToString(CultureInfo.InvariantCulture) ?? "?"} in, {OutputTokens?.ToString(CultureInfo.InvariantCulture) ?? "?"} out";

    /// <summary>Reads the counts of any protocol; null if there are none.</summary>
    internal static ChatUsage? Read(JsonElement? usage)
    {
        if (usage is not JsonElement { ValueKind: JsonValueKind.Object } data)
        {
            return null;
        }

        // Claude counts tokens read from and written to the cache separately; the others include them in the input.
        long? cacheRead = Count.Read(data.Member("cache_read_input_tokens"));
        long separate = (cacheRead ?? 0) + (Count.Read(data.Member("cache_creation_input_tokens")) ?? 0);
        long? reasoning = Count.Read(data.Member("thoughtsTokenCount"));
        long? input = Count.Read(data.FirstMember("prompt_tokens", "input_tokens", "promptTokenCount")) + separate;
        long? output = Count.Read(data.FirstMember("completion_tokens", "output_tokens"))
            ?? Count.Add(Count.Read(data.Member("candidatesTokenCount")), reasoning);
        return new ChatUsage
        {
            InputTokens = input,
            OutputTokens = output,
            TotalTokens = Count.Read(data.FirstMember("total_tokens", "totalTokenCount")) ?? input + output,
            CachedTokens = Count.Read(data.FirstMember("prompt_tokens_details", "input_tokens_details")?.Member("cached_tokens"))
                ?? Count.Read(data.Member("cachedContentTokenCount")) ?? cacheRead,
            ReasoningTokens = Count.Read(data.FirstMember("completion_tokens_details", "output_tokens_details")?.Member("reasoning_tokens")) ?? reasoning,
            AdditionalProperties = JsonValues.ToDictionary(data, name => !s_known.Contains(name)),
        };
    }

    /// <summary>These counts of a later event, completed with those of an earlier event of the same answer.</summary>
    internal ChatUsage CompletedWith(ChatUsage? earlier)
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

    /// <summary>
    /// The counts without zeros that cannot be true: a request always has input, and an answer that is not empty has output. Some gateways send zeros for
    /// tokens that they did not count.
    /// </summary>
    /// <param name="hasOutput">Whether the answer has text, reasoning or tool calls.</param>
    /// <returns>The counts; null if nothing was counted.</returns>
    internal ChatUsage? WithoutImpossibleZeros(bool hasOutput)
    {
        long? input = InputTokens == 0 ? null : InputTokens;
        long? output = OutputTokens == 0 && (hasOutput || input is null) ? null : OutputTokens;
        return input is null && output is null ? null
            : input == InputTokens && output == OutputTokens ? this
            : this with { InputTokens = input, OutputTokens = output, TotalTokens = TotalTokens is long total && total > (input ?? output) ? total : null };
    }

    /// <summary>The total of two answers, as far as they were counted.</summary>
    internal static ChatUsage? Add(ChatUsage? one, ChatUsage? other) => one is null || other is null ? one ?? other : new ChatUsage
    {
        InputTokens = Count.Add(one.InputTokens, other.InputTokens),
        OutputTokens = Count.Add(one.OutputTokens, other.OutputTokens),
        TotalTokens = Count.Add(one.TotalTokens, other.TotalTokens),
        CachedTokens = Count.Add(one.CachedTokens, other.CachedTokens),
        ReasoningTokens = Count.Add(one.ReasoningTokens, other.ReasoningTokens),
    };
}
