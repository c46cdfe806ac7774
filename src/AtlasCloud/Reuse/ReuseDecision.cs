namespace AtlasCloud;

/// <summary>What a run does with one request, and why.</summary>
/// <param name="Action">What it does.</param>
/// <param name="Reason">Why, as the end of a sentence, without a period.</param>
public sealed record ReuseDecision(ReuseAction Action, string Reason)
{
    /// <summary>The journal entry of the earlier request; null if there is none.</summary>
    public JournalEntry? Entry { get; init; }

    /// <summary>The prediction that is taken over; null if the request must be submitted, and in a preview.</summary>
    public Prediction? Prediction { get; init; }

    /// <summary>Returns action and reason.</summary>
    public override string ToString() => $"{Action}: {Reason}";
}
