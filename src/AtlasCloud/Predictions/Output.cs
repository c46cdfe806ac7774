using System.Globalization;
using AtlasCloud.Json;

namespace AtlasCloud;

/// <summary>A result of a prediction: an address, content that is part of the response, or text. API reference, section 5.2.</summary>
public sealed record Output : IRequestValue
{
    /// <summary>The value that the service returned: an address, a data URI, Base64, or text.</summary>
    public required string Value { get; init; }

    /// <summary>The address; null for text and for content in the response. It expires: see API reference, section 9.</summary>
    public Uri? Uri { get; init; }

    /// <summary>The text, for example a transcript or lyrics; null for other results.</summary>
    public string? Text { get; init; }

    /// <summary>The kind of media, determined from the content type, the address or the content; Unknown if none of them tells.</summary>
    public MediaKind Kind { get; init; }

    /// <summary>The role of the output, such as the result itself or a thumbnail.</summary>
    public OutputRole Role { get; init; }

    /// <summary>The position among the prediction's outputs, starting at 1.</summary>
    public int Index { get; init; }

    /// <summary>Whether the service flagged the output as unsafe (has_nsfw_contents); null if it does not say.</summary>
    public bool? IsFlagged { get; init; }

    /// <summary>The ID of the prediction; null if unknown.</summary>
    public string? PredictionId { get; init; }

    /// <summary>The content type, such as image/png; null if unknown.</summary>
    public string? ContentType { get; init; }

    /// <summary>Returns the output as a media source, for an input of another request.</summary>
    public MediaSource ToMediaSource() => LocalPath is null ? MediaSource.FromResult(Value, Kind, Identity) : MediaSource.FromSavedResult(LocalPath, Kind, Identity);

    /// <summary>Returns the address, the text, or the path of a saved result; for content in the response its size, for example "(1024 bytes)".</summary>
    public override string ToString() => LocalPath ?? Uri?.OriginalString ?? Text ?? $"({Data?.Length ?? 0} bytes)";

    string IRequestValue.RequestValue => ToString();

    /// <summary>The content, if it is part of the response; null otherwise.</summary>
    internal byte[]? Data { get; init; }

    /// <summary>The file in which an earlier run saved the output; null if it was read from the service.</summary>
    internal string? LocalPath { get; init; }

    private string? Identity => PredictionId is null ? null : string.Create(CultureInfo.InvariantCulture, $"output:{PredictionId}/{Index}");

    /// <summary>What the prediction makes, which limits the types of file that can be its result; Unknown if that is unknown.</summary>
    internal ModelKind Source { get; init; }

    /// <summary>Whether the value is a part of the response that could not be read, so that there is nothing to save.</summary>
    internal bool IsUnread { get; init; }
}
