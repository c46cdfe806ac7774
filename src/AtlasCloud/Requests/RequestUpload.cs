namespace AtlasCloud;

/// <summary>A file that was uploaded for a request. Uploads are temporary, so the file is identified by its content.</summary>
public sealed record RequestUpload
{
    /// <summary>The address of the upload, as it stands in <see cref="Request.Inputs"/>.</summary>
    public required string Address { get; init; }

    /// <summary>The file name; null for an address that contained credentials, which are not kept in files.</summary>
    public string? Name { get; init; }

    /// <summary>The SHA-256 of the content as 64 lower-case hexadecimal digits; null for an address that contained credentials.</summary>
    public string? Sha256 { get; init; }

    /// <summary>The size in bytes; null if unknown.</summary>
    public long? Length { get; init; }

    /// <summary>The path of a local file with this content; null if none was found. It is never written to a file.</summary>
    public string? Path { get; init; }

    /// <summary>The file name, or the address.</summary>
    public override string ToString() => Name ?? Address;

    internal static RequestUpload Create(Media media) => new()
    {
        Address = media.ToString(),
        Name = media.Name,
        Sha256 = media.Sha256,
        Length = media.Length,
        Path = media.Path,
    };
}
