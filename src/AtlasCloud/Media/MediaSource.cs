using System.Text.RegularExpressions;
using AtlasCloud.FileTypes;
using AtlasCloud.Storage;

namespace AtlasCloud;

/// <summary>Media for an input: a local file, which is uploaded when it is used, or an address that the service fetches itself.</summary>
public sealed partial class MediaSource
{
    private const int DataUriPrefixLength = 64;
    private const int MaxShownLength = 200;

    private readonly string? _severalAddresses;
    private readonly Func<AtlasCloudException>? _problem;
    private string? _identity;

    private MediaSource(string value, string? path, MediaKind kind, Func<AtlasCloudException>? problem = null) =>
        (Value, Path, Kind, _problem) = (value, path, kind, problem);

    private MediaSource(string severalAddresses)
        : this(severalAddresses, null, MediaKind.Unknown) => _severalAddresses = severalAddresses;

    /// <summary>The value to send: an address, a data URI or an asset. For a local file its path, until it has been uploaded.</summary>
    public string Value { get; }

    /// <summary>The full path of a local file; null for anything else.</summary>
    public string? Path { get; }

    /// <summary>The kind of media, as far as the name or the data URI tells.</summary>
    public MediaKind Kind { get; }

    /// <summary>The upload that it comes from; null for anything else.</summary>
    internal Media? Upload { get; private init; }

    /// <summary>The SHA-256 that a local file must have when it is uploaded; null for any.</summary>
    internal string? ExpectedSha256 { get; private init; }

    /// <summary>What identifies the content when the address is temporary: the digest of an upload, or the prediction of a result; null for anything else.</summary>
    internal string? Identity => _identity ?? (Upload is { Sha256.Length: > 0 } upload ? IdentityOf(upload.Sha256) : null);

    /// <summary>True if the text contained several addresses, which no input accepts as one.</summary>
    internal bool HasSeveralAddresses => _severalAddresses is not null;

    /// <summary>Creates a source from a local file, which is read only when the source is used.</summary>
    /// <param name="path">The path; a relative one is resolved against the current directory of the process.</param>
    public static MediaSource FromFile(string path) =>
        new(path, System.IO.Path.GetFullPath(path), FileType.FromExtension(path)?.Kind ?? MediaKind.Unknown);

    /// <summary>Creates a source that cannot be used. Its error is thrown where the media of a request are checked, before anything is sent.</summary>
    /// <param name="text">The text that the source was given as.</param>
    /// <param name="failure">Creates the error.</param>
    public static MediaSource FromFailure(string text, Func<AtlasCloudException> failure) => new(text, null, MediaKind.Unknown, failure);

    /// <summary>Creates a source from an upload.</summary>
    /// <param name="media">The upload.</param>
    public static MediaSource FromMedia(Media media) => new(media.ToString(), null, media.Kind) { Upload = media };

    /// <summary>Creates a source from an address.</summary>
    /// <param name="text">An http, https or data URI, asset:// with an asset ID, or file:// with the path of a local file. White space around it is ignored.</param>
    /// <returns>The source; null if the text is none of these and therefore a path.</returns>
    public static MediaSource? FromAddress(string text)
    {
        text = text.Trim();
        if (text.StartsWith("data:", StringComparison.OrdinalIgnoreCase))
        {
            string type = text[5..Math.Min(text.Length, DataUriPrefixLength)].Split(';', ',')[0];
            return new MediaSource(text, null, FileType.FromContentType(type)?.Kind ?? MediaKind.Unknown);
        }

        if (text.StartsWith("asset://", StringComparison.OrdinalIgnoreCase))
        {
            return new MediaSource(text, null, MediaKind.Unknown);
        }

        if (!Uri.TryCreate(text, UriKind.Absolute, out Uri? uri) || !text.Contains("://", StringComparison.Ordinal))
        {
            return null;
        }

        return uri.Scheme switch
        {
            "http" or "https" when FurtherAddress().IsMatch(text) => new MediaSource(text),
            "http" or "https" => new MediaSource(uri.AbsoluteUri, null, FileType.FromAddress(uri)?.Kind ?? MediaKind.Unknown),
            "file" => FromFile(uri.LocalPath),
            _ => null,
        };
    }

    /// <summary>Creates a source from an address, else from a path.</summary>
    /// <param name="text">As for <see cref="FromAddress"/> and <see cref="FromFile"/>.</param>
    public static MediaSource Parse(string text) => FromAddress(text) ?? FromFile(text);

    /// <summary>Throws if a local file cannot be uploaded, an asset is not active, the text is not one address, or the source comes from <see cref="FromFailure"/>.</summary>
    /// <exception cref="AtlasCloudException">InvalidParameter: the file is missing, a folder, empty or unreadable, the asset is not active, or there are several addresses.</exception>
    public void EnsureReadable()
    {
        if (_severalAddresses is not null)
        {
            throw MediaErrors.SeveralAddresses(_severalAddresses);
        }

        if (_problem is not null)
        {
            throw _problem();
        }

        if (Path is not null)
        {
            LocalFile.EnsureReadable(Path);
        }
    }

    /// <summary>The value; a long one, such as a data URI, is truncated.</summary>
    public override string ToString() => Value.Length > MaxShownLength ? Value[..DataUriPrefixLength] + "…" : Value;

    /// <summary>Creates a source from a local file with a known content.</summary>
    internal static MediaSource FromKnownFile(string path, string? sha256)
    {
        MediaSource source = FromFile(path);
        return new MediaSource(source.Value, source.Path, source.Kind) { ExpectedSha256 = sha256 };
    }

    /// <summary>The identity of a file.</summary>
    /// <param name="sha256">The digest of its bytes.</param>
    internal static string IdentityOf(string sha256) => $"sha256:{sha256}";

    /// <summary>Creates a source from a result, whose value the service accepts as it is.</summary>
    internal static MediaSource FromResult(string value, MediaKind kind, string? identity) => new(value, null, kind) { _identity = identity };

    /// <summary>Creates a source from a result that is saved in a local file.</summary>
    internal static MediaSource FromSavedResult(string path, MediaKind kind, string? identity) => new(path, System.IO.Path.GetFullPath(path), kind) { _identity = identity };

    /// <summary>Creates a source from an asset.</summary>
    /// <param name="reference">Its asset:// address.</param>
    /// <param name="kind">Its kind.</param>
    /// <param name="problem">Creates the error if the asset cannot be used; null if it can.</param>
    internal static MediaSource FromAsset(string reference, MediaKind kind, Func<AtlasCloudException>? problem) => new(reference, null, kind, problem);

    // A second address after a separator, as in a cell with two addresses. Addresses inside addresses follow another character.
    [GeneratedRegex(@"[\s,;|]+((https?|file|asset)://|data:\w+/)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex FurtherAddress();
}
