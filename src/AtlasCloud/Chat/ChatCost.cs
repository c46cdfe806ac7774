namespace AtlasCloud.Chat;

/// <summary>Estimates what an answer costs by the catalog's rates.</summary>
internal static class ChatCost
{
    private const decimal Million = 1_000_000m;

    /// <summary>US dollars; null where the tokens were not counted or the rates are not published: unknown is not zero.</summary>
    internal static decimal? Estimate(ChatUsage? usage, ModelPrice? price)
    {
        if (usage is not { InputTokens: long read, OutputTokens: long written } || price is not { Input: decimal input, Output: decimal output })
        {
            return null;
        }

        try
        {
            decimal cached = Math.Min(usage.CachedTokens ?? 0, read);
            return (((read - cached) * input) + (cached * (price.CachedInput ?? input)) + (written * output)) / Million;
        }
        catch (OverflowException)
        {
            // Counts or rates that no money can pay are not known either.
            return null;
        }
    }
}
