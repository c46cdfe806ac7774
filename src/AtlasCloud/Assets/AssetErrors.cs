using System.Globalization;
using AtlasCloud.Http;
using AtlasCloud.Text;

namespace AtlasCloud.Assets;

/// <summary>Creates the errors about the asset library. Assets are free, so none of them is about a charge.</summary>
internal static class AssetErrors
{
    private const int MaxShownLength = 200;

    /// <summary>Neither the caller nor the source tells the kind of media.</summary>
    internal static AtlasCloudException KindUnknown(string source) => Invalid(
        AtlasCloudErrorReason.AssetKindUnknown, $"The type of '{Show(source)}' is unknown: an asset is an image, a video or audio.", source);

    /// <summary>The caller says another kind than the source.</summary>
    internal static AtlasCloudException KindMismatch(string source, MediaKind actual, MediaKind given) => Invalid(
        AtlasCloudErrorReason.AssetKindMismatch, $"'{Show(source)}' is {Name(actual)}, not {Name(given)}.", source, actual.ToString());

    /// <summary>The library does not accept the format.</summary>
    internal static AtlasCloudException FormatUnsupported(string source, MediaKind kind, string extension, IReadOnlyList<string> allowed) => Invalid(
        AtlasCloudErrorReason.AssetFormatUnsupported,
        $"'{Show(source)}' is a {extension} file; the asset library accepts {Name(kind)} as {string.Join(", ", allowed)}.",
        source, extension, allowed);

    /// <summary>The file exceeds the limit.</summary>
    internal static AtlasCloudException TooLarge(string source, long length, long limit) => Invalid(
        AtlasCloudErrorReason.AssetTooLarge,
        string.Create(CultureInfo.InvariantCulture, $"'{Show(source)}' has {Megabytes(length)}; the asset library accepts images of at most {Megabytes(limit)}."),
        source, limit: limit);

    /// <summary>The image is too small, too large, or too narrow.</summary>
    internal static AtlasCloudException DimensionsUnsupported(string source, int width, int height) => Invalid(
        AtlasCloudErrorReason.AssetDimensionsUnsupported,
        string.Create(
            CultureInfo.InvariantCulture,
            $"'{Show(source)}' has {width}x{height} pixels; the asset library accepts images with sides of {AssetFormat.MinImageSide} to {AssetFormat.MaxImageSide} pixels and an aspect ratio of {1 / AssetFormat.MaxImageRatio:0.#} to {AssetFormat.MaxImageRatio:0.#}."),
        source, string.Create(CultureInfo.InvariantCulture, $"{width}x{height}"));

    /// <summary>The source is content or text rather than an address that the library can fetch.</summary>
    internal static AtlasCloudException SourceUnsupported(string source) => Invalid(
        AtlasCloudErrorReason.AssetSourceUnsupported, $"'{Show(source)}' cannot be registered: the asset library accepts public https addresses only, no data URIs, Base64 or assets.", source);

    /// <summary>The service cannot reach the address.</summary>
    internal static AtlasCloudException AddressNotPublic(string source) => Invalid(
        AtlasCloudErrorReason.AssetAddressNotPublic, $"The service cannot reach '{Show(source)}': the address must be https and public.", source);

    /// <summary>The name is empty.</summary>
    internal static AtlasCloudException NameEmpty() => Invalid(AtlasCloudErrorReason.AssetNameEmpty, "The name of an asset must not be empty.", "");

    /// <summary>The text is not an ID.</summary>
    internal static AtlasCloudException IdInvalid(string? id) => Invalid(
        AtlasCloudErrorReason.AssetIdInvalid, $"'{Show(id)}' is not a valid asset ID: an ID has 1 to 200 letters, digits and the characters . _ : -.", id ?? "");

    /// <summary>The library has no such asset.</summary>
    internal static AtlasCloudException NotFound(string id, AtlasCloudException? cause = null)
    {
        string message = $"The asset library has no asset '{Show(id)}'.";
        return cause?.With(AtlasCloudErrorKind.AssetNotFound, message, AtlasCloudErrorReason.AssetUnknown, target: id, value: Show(id))
            ?? new AtlasCloudException(AtlasCloudErrorKind.AssetNotFound, message) { Reason = AtlasCloudErrorReason.AssetUnknown, Target = id, Value = Show(id) };
    }

    /// <summary>The service rejected the media after it was registered.</summary>
    internal static AtlasCloudException Failed(Asset asset)
    {
        bool isBlocked = ResponseErrors.IsAboutModeration(asset.Error) || asset.ErrorCode?.Contains("blocked", StringComparison.OrdinalIgnoreCase) == true;
        string why = asset.Error is string error ? $": {error.TrimEnd('.')}" : ". The service gave no reason";
        string code = asset.ErrorCode is string number ? $" (code {number})" : "";
        return new AtlasCloudException(
            isBlocked ? AtlasCloudErrorKind.ContentBlocked : AtlasCloudErrorKind.UploadFailed,
            $"The service rejected asset {Describe(asset)}{why}{code}. Nothing was charged.")
        {
            Reason = AtlasCloudErrorReason.AssetFailed,
            ServerMessage = asset.Error,
            Target = asset,
            Value = asset.Id,
        };
    }

    /// <summary>The service was still checking the asset at the end of the wait.</summary>
    internal static AtlasCloudException TimedOut(Asset asset, TimeSpan limit) => new(
        AtlasCloudErrorKind.RequestTimedOut,
        string.Create(CultureInfo.InvariantCulture, $"Asset {Describe(asset)} was still '{asset.Status}' after {limit.TotalSeconds:0.#} seconds. The service continues to process it."))
    {
        Reason = AtlasCloudErrorReason.AssetStillProcessing,
        Limit = (decimal)limit.TotalSeconds,
        Target = asset,
        Value = asset.Id,
    };

    /// <summary>An asset that is not active was used as an input.</summary>
    internal static AtlasCloudException NotActive(Asset asset) => new(
        AtlasCloudErrorKind.InvalidParameter, $"Asset {Describe(asset)} cannot be used as an input: its status is '{asset.Status}', not Active. Nothing was submitted.")
    {
        Reason = AtlasCloudErrorReason.AssetNotActive,
        Target = asset,
        Value = asset.Id,
    };

    /// <summary>The registration was sent, and no response came.</summary>
    internal static AtlasCloudException OutcomeUnknown(AtlasCloudException cause, Uri source) => cause.With(
        message: $"The registration was sent and its outcome is unknown, so the asset may exist: {cause.Message}",
        reason: AtlasCloudErrorReason.AssetOutcomeUnknown,
        target: source.AbsoluteUri);

    /// <summary>The response contains no asset.</summary>
    internal static AtlasCloudException Unreadable(string description, ApiResponse response) =>
        new(AtlasCloudErrorKind.UnexpectedReply, $"The response to the request for {description} contains no asset.") { RequestId = response.RequestId };

    private static AtlasCloudException Invalid(
        AtlasCloudErrorReason reason, string message, string target, string? value = null, IReadOnlyList<string>? allowed = null, decimal? limit = null) =>
        new(AtlasCloudErrorKind.InvalidParameter, message + " Nothing was sent.")
        {
            Reason = reason,
            Value = value ?? Show(target),
            Allowed = allowed ?? [],
            Limit = limit,
            Target = target,
        };

    private static string Describe(Asset asset) => asset.Name is string name ? $"{asset.Id} ({Show(name)})" : asset.Id;

    private static string Name(MediaKind kind) => kind switch
    {
        MediaKind.Image => "an image",
        MediaKind.Video => "a video",
        MediaKind.Audio => "audio",
        _ => "a file of another type",
    };

    private static string Megabytes(long bytes) => string.Create(CultureInfo.InvariantCulture, $"{bytes / (1024.0 * 1024.0):0.#} MB");

    private static string Show(string? text) => SafeText.Sanitize(text, length: MaxShownLength);
}
