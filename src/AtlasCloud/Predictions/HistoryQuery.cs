namespace AtlasCloud;

/// <summary>Which past tasks to list.</summary>
public sealed record HistoryQuery
{
    /// <summary>running, succeeded or failed; null for all.</summary>
    public string? State { get; init; }

    /// <summary>Tasks of exactly this model; null for all.</summary>
    public string? Model { get; init; }

    /// <summary>Tasks of models that begin with this; null for all.</summary>
    public string? ModelPrefix { get; init; }
}
