namespace AtlasCloud.Emulation.Media;

/// <summary>An uploaded file.</summary>
/// <param name="FilePath">The path of the stored file; null if it was too large to store.</param>
/// <param name="Length">The size in bytes.</param>
/// <param name="ContentType">The detected content type.</param>
/// <param name="Sha256">The SHA-256 in hexadecimal.</param>
internal sealed record StoredMedia(string? FilePath, long Length, string ContentType, string Sha256)
{
    /// <summary>Whether the extension is that of another format. The service accepts such an upload, and the models refuse it.</summary>
    internal bool IsMislabeled { get; init; }
}
