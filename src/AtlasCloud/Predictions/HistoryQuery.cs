namespace AtlasCloud;

/// <summary>Which past tasks to list. API reference, section 7.</summary>
public sealed record HistoryQuery
{
    /// <summary>The state. Default: null, all.</summary>
    public PredictionState? State { get; init; }

    /// <summary>The exact model ID. Default: null, all.</summary>
    public string? Model { get; init; }

    /// <summary>The start of the model ID. Default: null, all.</summary>
    public string? ModelPrefix { get; init; }
}
