namespace AtlasCloud;

/// <summary>A result on disk, as it was saved. The file may have been changed or deleted since.</summary>
public sealed record SavedFile
{
    /// <summary>The full path.</summary>
    public required string Path { get; init; }

    /// <summary>The size in bytes.</summary>
    public long Length { get; init; }

    /// <summary>The SHA-256 of the content as 64 lower-case hexadecimal digits; null if it was not computed.</summary>
    public string? Sha256 { get; init; }

    /// <summary>The position of the output among those of its prediction; null if it was not recorded.</summary>
    internal int? Output { get; init; }

    /// <summary>The role of the output, in the words of the journal; null for a result.</summary>
    internal string? Role { get; init; }

    /// <summary>Whether the file exists with the length with which it was saved.</summary>
    internal bool IsUnchanged => new FileInfo(Path) is { Exists: true } file && file.Length == Length;

    /// <summary>Whether the content is of an unknown type, so that it may not be the result. The prediction does not count as saved.</summary>
    internal bool IsUnrecognized { get; init; }

    /// <summary>Returns the path.</summary>
    public override string ToString() => Path;
}
