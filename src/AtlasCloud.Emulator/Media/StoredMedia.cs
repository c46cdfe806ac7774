namespace AtlasCloud.Emulation.Media;

/// <summary>One uploaded file.</summary>
/// <param name="FilePath">Where the bytes are; null where the file was too large to keep.</param>
/// <param name="Length">The bytes that came.</param>
/// <param name="ContentType">The type by the first bytes.</param>
/// <param name="Sha256">The digest in hexadecimal.</param>
internal sealed record StoredMedia(string? FilePath, long Length, string ContentType, string Sha256);
