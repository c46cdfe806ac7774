using AtlasCloud.FileTypes;
using AtlasCloud.Storage;

namespace AtlasCloud;

/// <summary>A medium to be used as an input: a file of this machine, or something the service can fetch by itself.</summary>
public sealed class MediaSource
{
    private const int HeadOfDataUri = 64;

    private MediaSource(string value, string? path, MediaKind kind) => (Value, Path, Kind) = (value, path, kind);

    /// <summary>What is sent; for a file its path, until it has been uploaded.</summary>
    public string Value { get; }

    /// <summary>The full path of a local file; null for anything else.</summary>
    public string? Path { get; }

    /// <summary>What it is, as far as its name tells.</summary>
    public MediaKind Kind { get; }

    /// <summary>A file of this machine.</summary>
    public static MediaSource FromFile(string path) =>
        new(path, System.IO.Path.GetFullPath(path), FileType.FromExtension(path)?.Kind ?? MediaKind.Unknown);

    /// <summary>An upload, whose address is known.</summary>
    public static MediaSource FromMedia(Media media) => new(media.ToString(), null, media.Kind);

    /// <summary>A result, used as the input of the next request.</summary>
    public static MediaSource FromOutput(Output output) => new(output.Value, null, output.Kind);

    /// <summary>An address (https, http, data, asset), or else null: then the text is a path.</summary>
    public static MediaSource? FromAddress(string text)
    {
        if (text.StartsWith("data:", StringComparison.OrdinalIgnoreCase))
        {
            string type = text[5..Math.Min(text.Length, HeadOfDataUri)].Split(';', ',')[0];
            return new MediaSource(text, null, FileType.FromContentType(type)?.Kind ?? MediaKind.Unknown);
        }

        if (text.StartsWith("asset://", StringComparison.OrdinalIgnoreCase))
        {
            return new MediaSource(text, null, MediaKind.Unknown);
        }

        return Uri.TryCreate(text, UriKind.Absolute, out Uri? uri) && uri.Scheme is ("https" or "http") && text.Contains("://", StringComparison.Ordinal)
            ? new MediaSource(uri!.AbsoluteUri, null, FileType.FromAddress(uri)?.Kind ?? MediaKind.Unknown)
            : null;
    }

    /// <summary>An address, or a path taken from the current directory.</summary>
    public static MediaSource Parse(string text) => FromAddress(text) ?? FromFile(text);

    /// <summary>The value, a data URI shortened.</summary>
    public override string ToString() => Value.Length > 200 ? Value[..HeadOfDataUri] + "…" : Value;

    /// <summary>Looks whether a local file can be sent.</summary>
    /// <exception cref="AtlasCloudException">It is missing, a directory, empty or unreadable.</exception>
    internal void Check()
    {
        if (Path is not null)
        {
            LocalFile.Check(Path);
        }
    }
}
