using AtlasCloud.Json;

namespace AtlasCloud;

/// <summary>One result of a prediction: an address, the bytes themselves, or text.</summary>
public sealed record Output : IRequestValue
{
    /// <summary>What the service gave: an address, Base64, or text.</summary>
    public required string Value { get; init; }

    /// <summary>The address; null for text and for bytes in the reply.</summary>
    public Uri? Uri { get; init; }

    /// <summary>The text; null for anything else.</summary>
    public string? Text { get; init; }

    /// <summary>What it is, as far as can be told before it is read.</summary>
    public MediaKind Kind { get; init; }

    /// <summary>What it is for.</summary>
    public OutputRole Role { get; init; }

    /// <summary>Its place among the outputs of the prediction, from 1.</summary>
    public int Index { get; init; }

    /// <summary>Whether the service flagged it; null where it does not say.</summary>
    public bool? IsFlagged { get; init; }

    /// <summary>The prediction it came from.</summary>
    public string? PredictionId { get; init; }

    /// <summary>The content type that the service names; null where it names none.</summary>
    public string? ContentType { get; init; }

    /// <summary>Returns the result as media for an input of another request.</summary>
    public MediaSource ToMediaSource() => MediaSource.FromResult(Value, Kind);

    /// <summary>The address or the text; bytes are shown by their size.</summary>
    public override string ToString() => Uri?.OriginalString ?? Text ?? $"({Data?.Length ?? 0} bytes)";

    string IRequestValue.RequestValue => ToString();

    /// <summary>The bytes, where they came with the reply.</summary>
    internal byte[]? Data { get; init; }
}
