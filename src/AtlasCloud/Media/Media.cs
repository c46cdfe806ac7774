using System.Globalization;
using AtlasCloud.Json;

namespace AtlasCloud;

/// <summary>A file that was uploaded. It is a temporary input: use it soon, the service clears such files away.</summary>
public sealed record Media : IRequestValue
{
    /// <summary>Where the service keeps it.</summary>
    public required Uri Uri { get; init; }

    /// <summary>The name it was sent under.</summary>
    public required string Name { get; init; }

    /// <summary>The file it came from.</summary>
    public required string Path { get; init; }

    /// <summary>What it is.</summary>
    public MediaKind Kind { get; init; }

    /// <summary>The content type it was sent as.</summary>
    public required string ContentType { get; init; }

    /// <summary>Its size in bytes.</summary>
    public long Length { get; init; }

    /// <summary>Its SHA-256 digest, in lower-case hexadecimal digits.</summary>
    public required string Sha256 { get; init; }

    /// <summary>When it was uploaded.</summary>
    public DateTimeOffset UploadedAt { get; init; }

    /// <summary>The address.</summary>
    public override string ToString() => Uri.AbsoluteUri;

    string IRequestValue.RequestValue => ToString();

    /// <summary>Takes the place of a local file in a question for its price, for which the file is not sent.</summary>
    internal static Media StandIn(string path, int number) => new()
    {
        Uri = new Uri(string.Create(CultureInfo.InvariantCulture, $"https://example.com/local-file-{number}{System.IO.Path.GetExtension(path)}")),
        Name = "",
        Path = path,
        ContentType = "",
        Sha256 = "",
    };
}
