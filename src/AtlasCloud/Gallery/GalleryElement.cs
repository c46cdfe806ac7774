namespace AtlasCloud.Gallery;

/// <summary>How the page shows a file.</summary>
internal static class GalleryElement
{
    internal const string Image = "image";
    internal const string Video = "video";
    internal const string Audio = "audio";
    internal const string Text = "text";
    internal const string ThreeD = "3d";
    internal const string File = "file";

    // Formats that no browser shows are linked.
    private static readonly HashSet<string> s_linked = new(StringComparer.OrdinalIgnoreCase)
    {
        ".tif", ".tiff", ".heic", ".heif", ".jxl", ".jp2", ".psd", ".exr", ".hdr", ".mkv", ".avi", ".flv", ".wmv", ".mpg", ".ts", ".pcm", ".amr", ".caf", ".mid",
        ".au", ".aiff",
    };

    /// <summary>Returns the element for a file.</summary>
    internal static string For(GalleryItem item) => s_linked.Contains(Path.GetExtension(item.Path)) ? File : item.Kind switch
    {
        MediaKind.Image => Image,
        MediaKind.Video => Video,
        MediaKind.Audio => Audio,
        MediaKind.Text => Text,
        MediaKind.ThreeD => ThreeD,
        _ => File,
    };
}
