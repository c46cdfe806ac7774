using AtlasCloud.Json;

namespace AtlasCloud.Chat;

/// <summary>Estimates the cost of an answer by the rates of the catalog.</summary>
internal static class ChatCost
{
    private const decimal Million = 1_000_000m;

    /// <summary>The cost in US dollars; null if the tokens were not counted, the rates are not published, or the result cannot be real. Unknown is not zero.</summary>
    internal static decimal? Estimate(ChatUsage? usage, ModelPrice? price)
    {
        if (usage is not { InputTokens: long inputTokens, OutputTokens: long outputTokens } || price is not { Input: decimal input, Output: decimal output })
        {
            return null;
        }

        try
        {
            decimal cached = Math.Min(usage.CachedTokens ?? 0, inputTokens);
            return Money.CheckPrice((((inputTokens - cached) * input) + (cached * (price.CachedInput ?? input)) + (outputTokens * output)) / Million);
        }
        catch (OverflowException)
        {
            // Counts or rates of that size are not real.
            return null;
        }
    }
}
