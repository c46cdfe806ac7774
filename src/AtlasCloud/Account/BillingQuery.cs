namespace AtlasCloud;

/// <summary>Which part of the bill to read. Days are those of UTC.</summary>
public sealed record BillingQuery
{
    /// <summary>The first day.</summary>
    public required DateOnly From { get; init; }

    /// <summary>The day after the last one. Spans of any length are taken; the service is asked for as much at a time as it allows.</summary>
    public required DateOnly Until { get; init; }

    /// <summary>What gets rows of its own within a day: model, api_key, model_type. Nothing: one row a day.</summary>
    public IReadOnlyList<string> GroupBy { get; init; } = [];

    /// <summary>Only the models whose name passes; null for all. This is decided here, so any rule will do.</summary>
    public Func<string, bool>? ModelFilter { get; init; }

    /// <summary>Only these models, by the ids that the bill itself uses (ms-...); empty for all. The service picks them.</summary>
    public IReadOnlyList<string> ModelIds { get; init; } = [];

    /// <summary>Only these keys, by their public ids (ak_...); empty for all.</summary>
    public IReadOnlyList<string> ApiKeyIds { get; init; } = [];

    /// <summary>Only models of these types: text, image, video, audio; empty for all.</summary>
    public IReadOnlyList<string> ModelTypes { get; init; } = [];

    /// <summary>Whether the whole account is meant, which not every key may see, and not only what the key's own user caused.</summary>
    public bool WholeAccount { get; init; }
}
