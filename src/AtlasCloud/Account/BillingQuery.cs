namespace AtlasCloud;

/// <summary>Which billing rows to read. Days are days of UTC.</summary>
public sealed record BillingQuery
{
    /// <summary>The first day.</summary>
    public required DateOnly From { get; init; }

    /// <summary>The day after the last one. A period of any length is split into the requests that the service allows.</summary>
    public required DateOnly Until { get; init; }

    /// <summary>What rows are grouped by within a day. Default: nothing, which returns one row per day.</summary>
    public IReadOnlyList<BillingGroup> GroupBy { get; init; } = [];

    /// <summary>Selects models by name, on the client. Default: null, for all models.</summary>
    public Func<string, bool>? ModelFilter { get; init; }

    /// <summary>Selects models by their billing IDs (ms-…), on the server. Default: empty, for all models.</summary>
    public IReadOnlyList<string> ModelIds { get; init; } = [];

    /// <summary>Selects API keys by their public IDs (ak_…), on the server. Default: empty, for all keys.</summary>
    public IReadOnlyList<string> ApiKeyIds { get; init; } = [];

    /// <summary>Selects model types, on the server: text, image, video, audio. Default: empty, for all types.</summary>
    public IReadOnlyList<string> ModelTypes { get; init; } = [];

    /// <summary>True for the whole account, which not every key may read. Default: false, for the key's own user.</summary>
    public bool IsAccountWide { get; init; }
}
