namespace AtlasCloud.Emulation.Media;

/// <summary>Detects the content type of a file by its first bytes.</summary>
internal static class ContentSniffer
{
    /// <summary>The number of bytes to pass.</summary>
    internal const int HeadLength = 16;

    internal static string Detect(ReadOnlySpan<byte> head, string fileName)
    {
        if (head.StartsWith((byte[])[0x89, 0x50, 0x4E, 0x47]))
        {
            return "image/png";
        }

        if (head.StartsWith((byte[])[0xFF, 0xD8, 0xFF]))
        {
            return "image/jpeg";
        }

        if (head.StartsWith("GIF8"u8))
        {
            return "image/gif";
        }

        if (head.StartsWith("RIFF"u8) && head.Length >= 12)
        {
            return head[8..12].SequenceEqual("WEBP"u8) ? "image/webp" : head[8..12].SequenceEqual("WAVE"u8) ? "audio/wav" : "application/octet-stream";
        }

        if (head.Length >= 8 && head[4..8].SequenceEqual("ftyp"u8))
        {
            return "video/mp4";
        }

        return head.StartsWith("ID3"u8) || head.StartsWith((byte[])[0xFF, 0xFB]) ? "audio/mpeg" : DetectByExtension(fileName);
    }

    /// <summary>Whether an image has the extension of another image format.</summary>
    internal static bool IsMislabeled(ReadOnlySpan<byte> head, string fileName)
    {
        string? found = head.Length >= 12 && head[4..12].SequenceEqual("ftypavif"u8) ? "image/avif" : Detect(head, "") is var type && type.StartsWith("image/", StringComparison.Ordinal) ? type : null;
        string named = Path.GetExtension(fileName).ToLowerInvariant() switch { ".gif" => "image/gif", ".avif" => "image/avif", _ => DetectByExtension(fileName) };
        return found is not null && named.StartsWith("image/", StringComparison.Ordinal) && named != found;
    }

    /// <summary>The class of an upload, which its extension alone decides.</summary>
    internal static string GetClass(string fileName, string contentType) => Path.GetExtension(fileName).ToLowerInvariant() switch
    {
        ".jpg" or ".jpeg" or ".png" or ".webp" or ".gif" or ".bmp" or ".avif" or ".heic" or ".svg" => "image",
        ".mp4" or ".mov" or ".webm" or ".mkv" or ".avi" => "video",
        ".mp3" or ".wav" or ".m4a" or ".aac" or ".ogg" or ".flac" or ".opus" => "audio",
        ".pdf" or ".doc" or ".docx" or ".xls" or ".xlsx" or ".ppt" or ".pptx" or ".txt" or ".md" => "document",
        _ => contentType.Split('/')[0],
    };

    private static string DetectByExtension(string fileName) => Path.GetExtension(fileName).ToLowerInvariant() switch
    {
        ".mp4" => "video/mp4",
        ".mov" => "video/quicktime",
        ".webm" => "video/webm",
        ".mp3" => "audio/mpeg",
        ".wav" => "audio/wav",
        ".m4a" => "audio/mp4",
        ".png" => "image/png",
        ".jpg" or ".jpeg" => "image/jpeg",
        ".webp" => "image/webp",
        ".heic" => "image/heic",
        _ => "application/octet-stream",
    };
}
