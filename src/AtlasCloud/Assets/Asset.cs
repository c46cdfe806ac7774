using System.Collections.Specialized;
using AtlasCloud.Assets;
using AtlasCloud.Json;

namespace AtlasCloud;

/// <summary>A reference image, video or audio in the asset library (API reference, section 8.3). Unlike an upload it is kept until it is deleted.</summary>
public sealed record Asset : IRequestValue
{
    /// <summary>The ID of the library entry, for reading, renaming, deleting and restoring it.</summary>
    public required string Id { get; init; }

    /// <summary>The ID that requests refer to; null until the service has assigned it.</summary>
    public string? AssetId { get; init; }

    /// <summary>The value for an input of a request: asset:// with <see cref="AssetId"/>; null until the service has assigned it.</summary>
    public string? Reference => AssetId is null ? null : AssetFormat.ReferencePrefix + AssetId;

    /// <summary>The kind of media; Unknown if the service does not say and this client did not register it.</summary>
    public MediaKind Kind { get; init; }

    /// <summary>The name; null if it has none.</summary>
    public string? Name { get; init; }

    /// <summary>The service's word for the state.</summary>
    public string Status { get; init; } = "unknown";

    /// <summary>The state.</summary>
    public AssetState State { get; init; }

    /// <summary>Why the service rejected the media; null if it did not, or gave no reason.</summary>
    public string? Error { get; init; }

    /// <summary>The service's code for the failure; null if there is none.</summary>
    public string? ErrorCode { get; init; }

    /// <summary>The address that was registered; null if this client did not register it.</summary>
    public Uri? Source { get; init; }

    /// <summary>The path of the local file that was registered; null if there is none.</summary>
    public string? Path { get; init; }

    /// <summary>Members of the response that no property covers.</summary>
    public OrderedDictionary AdditionalProperties { get; init; } = new TextualDictionary();

    /// <summary>The reference; the ID until the service has assigned one.</summary>
    public override string ToString() => Reference ?? Id;

    /// <summary>Returns the asset as a media source. If it is not active, the request that uses it is refused before it is sent.</summary>
    public MediaSource ToMediaSource() =>
        MediaSource.FromAsset(ToString(), Kind, State == AssetState.Active && Reference is not null ? null : () => AssetErrors.NotActive(this));

    string IRequestValue.RequestValue => State == AssetState.Active && Reference is string reference ? reference : throw AssetErrors.NotActive(this);

    /// <summary>Returns a copy in which facts that the service left out are those of an earlier state.</summary>
    internal Asset MergeWith(Asset? before) => before is null ? this : this with
    {
        AssetId = AssetId ?? before.AssetId,
        Kind = Kind == MediaKind.Unknown ? before.Kind : Kind,
        Name = Name ?? before.Name,
        Source = Source ?? before.Source,
        Path = Path ?? before.Path,
    };
}
