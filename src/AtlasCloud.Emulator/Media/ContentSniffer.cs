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
