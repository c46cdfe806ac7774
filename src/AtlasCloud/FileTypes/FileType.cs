namespace AtlasCloud.FileTypes;

/// <summary>A file type.</summary>
/// <param name="Kind">The kind of media.</param>
/// <param name="ContentType">The content type.</param>
/// <param name="Extension">The file name extension, with its dot.</param>
internal sealed record FileType(MediaKind Kind, string ContentType, string Extension)
{
    /// <summary>Any file of unknown type.</summary>
    internal static readonly FileType Binary = new(MediaKind.Unknown, "application/octet-stream", ".bin");

    private static readonly FileType[] s_all =
    [
        new(MediaKind.Image, "image/png", ".png"),
        new(MediaKind.Image, "image/jpeg", ".jpg"),
        new(MediaKind.Image, "image/jpeg", ".jpeg"),
        new(MediaKind.Image, "image/gif", ".gif"),
        new(MediaKind.Image, "image/webp", ".webp"),
        new(MediaKind.Image, "image/bmp", ".bmp"),
        new(MediaKind.Image, "image/tiff", ".tif"),
        new(MediaKind.Image, "image/tiff", ".tiff"),
        new(MediaKind.Image, "image/heic", ".heic"),
        new(MediaKind.Image, "image/heif", ".heif"),
        new(MediaKind.Image, "image/avif", ".avif"),
        new(MediaKind.Image, "image/svg+xml", ".svg"),
        new(MediaKind.Image, "image/jxl", ".jxl"),
        new(MediaKind.Image, "image/jp2", ".jp2"),
        new(MediaKind.Image, "image/vnd.adobe.photoshop", ".psd"),
        new(MediaKind.Image, "image/x-exr", ".exr"),
        new(MediaKind.Image, "image/vnd.radiance", ".hdr"),
        new(MediaKind.Image, "image/x-icon", ".ico"),
        new(MediaKind.Video, "video/mp4", ".mp4"),
        new(MediaKind.Video, "video/quicktime", ".mov"),
        new(MediaKind.Video, "video/webm", ".webm"),
        new(MediaKind.Video, "video/x-matroska", ".mkv"),
        new(MediaKind.Video, "video/x-msvideo", ".avi"),
        new(MediaKind.Video, "video/x-flv", ".flv"),
        new(MediaKind.Video, "video/x-ms-wmv", ".wmv"),
        new(MediaKind.Video, "video/mpeg", ".mpg"),
        new(MediaKind.Video, "video/mp2t", ".ts"),
        new(MediaKind.Audio, "audio/mpeg", ".mp3"),
        new(MediaKind.Audio, "audio/wav", ".wav"),
        new(MediaKind.Audio, "audio/ogg", ".ogg"),
        new(MediaKind.Audio, "audio/flac", ".flac"),
        new(MediaKind.Audio, "audio/mp4", ".m4a"),
        new(MediaKind.Audio, "audio/aac", ".aac"),
        new(MediaKind.Audio, "audio/L16", ".pcm"),
        new(MediaKind.Audio, "audio/pcm", ".pcm"),
        new(MediaKind.Audio, "audio/ogg", ".opus"),
        new(MediaKind.Audio, "audio/aiff", ".aiff"),
        new(MediaKind.Audio, "audio/amr", ".amr"),
        new(MediaKind.Audio, "audio/x-caf", ".caf"),
        new(MediaKind.Audio, "audio/midi", ".mid"),
        new(MediaKind.Audio, "audio/basic", ".au"),
        new(MediaKind.ThreeD, "model/gltf-binary", ".glb"),
        new(MediaKind.ThreeD, "model/gltf+json", ".gltf"),
        new(MediaKind.ThreeD, "model/obj", ".obj"),
        new(MediaKind.ThreeD, "model/stl", ".stl"),
        new(MediaKind.ThreeD, "model/vnd.usdz+zip", ".usdz"),
        new(MediaKind.ThreeD, "application/vnd.autodesk.fbx", ".fbx"),
        new(MediaKind.ThreeD, "model/ply", ".ply"),
        new(MediaKind.ThreeD, "model/vnd.usd", ".usd"),
        new(MediaKind.ThreeD, "model/vnd.usda", ".usda"),
        new(MediaKind.ThreeD, "model/mtl", ".mtl"),
        new(MediaKind.ThreeD, "model/3mf", ".3mf"),
        new(MediaKind.ThreeD, "model/x-spz", ".spz"),
        new(MediaKind.ThreeD, "model/x-splat", ".splat"),
        new(MediaKind.Archive, "application/zip", ".zip"),
        new(MediaKind.Archive, "application/x-7z-compressed", ".7z"),
        new(MediaKind.Archive, "application/vnd.rar", ".rar"),
        new(MediaKind.Text, "text/plain", ".txt"),
        new(MediaKind.Text, "application/json", ".json"),
        new(MediaKind.Text, "application/x-subrip", ".srt"),
        new(MediaKind.Text, "text/vtt", ".vtt"),
        new(MediaKind.Text, "text/markdown", ".md"),
        new(MediaKind.Document, "application/pdf", ".pdf"),
        new(MediaKind.Document, "application/msword", ".doc"),
        new(MediaKind.Document, "application/vnd.openxmlformats-officedocument.wordprocessingml.document", ".docx"),
        new(MediaKind.Document, "application/vnd.ms-excel", ".xls"),
        new(MediaKind.Document, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", ".xlsx"),
        new(MediaKind.Document, "application/vnd.ms-powerpoint", ".ppt"),
        new(MediaKind.Document, "application/vnd.openxmlformats-officedocument.presentationml.presentation", ".pptx"),
    ];

    /// <summary>Returns the type of a path by its extension; null if it has none or an unknown one.</summary>
    internal static FileType? FromExtension(string? path)
    {
        string extension = Path.GetExtension(path ?? "");
        return extension.Length < 2 ? null : s_all.FirstOrDefault(t => string.Equals(t.Extension, extension, StringComparison.OrdinalIgnoreCase));
    }

    /// <summary>Returns the type of a content type, whose parameters are ignored; null if it is unknown.</summary>
    internal static FileType? FromContentType(string? contentType)
    {
        string bare = (contentType ?? "").Split(';')[0].Trim().ToLowerInvariant();
        bare = bare switch { "image/jpg" => "image/jpeg", "audio/mp3" => "audio/mpeg", "audio/x-wav" or "audio/wave" => "audio/wav", _ => bare };
        return s_all.FirstOrDefault(t => string.Equals(t.ContentType, bare, StringComparison.OrdinalIgnoreCase));
    }

    /// <summary>Returns the type of an address by the extension of its path; null if it has none. The query, which may contain a signature, is ignored.</summary>
    internal static FileType? FromAddress(Uri? address) => address is null ? null : FromExtension(Uri.UnescapeDataString(address.AbsolutePath));

    /// <summary>Returns a common type of a kind; null for text and for an unknown kind.</summary>
    internal static FileType? ForKind(MediaKind kind) => kind is MediaKind.Unknown or MediaKind.Text ? null : s_all.First(t => t.Kind == kind);

    /// <summary>Returns the type of an extension; <see cref="Binary"/> for an unknown one.</summary>
    internal static FileType ForExtension(string extension) => FromExtension(extension) ?? Binary;
}
