namespace AtlasCloud;

/// <summary>A result on disk, as the journal remembers it.</summary>
public sealed record SavedFile
{
    /// <summary>The full path.</summary>
    public required string Path { get; init; }

    /// <summary>The number of bytes.</summary>
    public long Length { get; init; }

    /// <summary>The SHA-256 of its content in lower-case hexadecimal; null where it was not taken.</summary>
    public string? Sha256 { get; init; }

    /// <summary>The path.</summary>
    public override string ToString() => Path;
}
