namespace AtlasCloud;

/// <summary>A file that was saved, and what was written to it.</summary>
/// <param name="Path">The full path.</param>
/// <param name="Length">The bytes in it.</param>
/// <param name="Sha256">Their SHA-256, in lower-case hexadecimal.</param>
public sealed record SavedFile(string Path, long Length, string Sha256)
{
    /// <summary>The path.</summary>
    public override string ToString() => Path;
}
