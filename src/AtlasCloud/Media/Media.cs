using System.Globalization;
using AtlasCloud.Json;

namespace AtlasCloud;

/// <summary>An uploaded file, for use as an input (API reference, section 8). The service deletes uploads after a while, so use it soon.</summary>
public sealed record Media : IRequestValue
{
    /// <summary>The address of the upload.</summary>
    public required Uri Uri { get; init; }

    /// <summary>The file name that was sent.</summary>
    public required string Name { get; init; }

    /// <summary>The path of the local file.</summary>
    public required string Path { get; init; }

    /// <summary>The kind of media.</summary>
    public MediaKind Kind { get; init; }

    /// <summary>The content type that was sent.</summary>
    public required string ContentType { get; init; }

    /// <summary>The size in bytes.</summary>
    public long Length { get; init; }

    /// <summary>The SHA-256 digest, in lower-case hexadecimal digits.</summary>
    public required string Sha256 { get; init; }

    /// <summary>When it was uploaded.</summary>
    public DateTimeOffset UploadedAt { get; init; }

    /// <summary>The address.</summary>
    public override string ToString() => Uri.AbsoluteUri;

    string IRequestValue.RequestValue => ToString();

    /// <summary>Creates a placeholder for a local file in a price request, for which the file is not uploaded.</summary>
    internal static Media CreatePlaceholder(string path, int number) => new()
    {
        Uri = new Uri(string.Create(CultureInfo.InvariantCulture, $"https://example.com/local-file-{number}{System.IO.Path.GetExtension(path)}")),
        Name = "",
        Path = path,
        ContentType = "",
        Sha256 = "",
    };
}
