using System.Text;

namespace AtlasCloud.FileTypes;

/// <summary>Detects the type of a file from its first bytes, which are more reliable than names and content types.</summary>
internal static class FileSignature
{
    /// <summary>The number of bytes that suffices.</summary>
    internal const int HeaderLength = 64;

    /// <summary>Returns the type of the file that starts with these bytes; null if it is unknown.</summary>
    internal static FileType? Find(ReadOnlySpan<byte> head)
    {
        string? extension =
            StartsWith(head, 0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A) ? ".png"
            : StartsWith(head, 0xFF, 0xD8, 0xFF) ? ".jpg"
            : StartsWith(head, "GIF8") ? ".gif"
            : StartsWith(head, "RIFF") && IsAt(head, 8, "WEBP") ? ".webp"
            : StartsWith(head, "RIFF") && IsAt(head, 8, "WAVE") ? ".wav"
            : StartsWith(head, "RIFF") && IsAt(head, 8, "AVI ") ? ".avi"
            : StartsWith(head, "II*\0") || StartsWith(head, "MM\0*") ? ".tif"
            : IsAt(head, 4, "ftyp") ? DetectIsoBrand(head)
            : StartsWith(head, 0x1A, 0x45, 0xDF, 0xA3) ? (Contains(head, "webm") ? ".webm" : ".mkv")
            : StartsWith(head, "ID3") || IsMpegAudio(head) ? ".mp3"
            : StartsWith(head, "OggS") ? ".ogg"
            : StartsWith(head, "fLaC") ? ".flac"
            : head.Length >= 2 && head[0] == 0xFF && (head[1] & 0xF6) == 0xF0 ? ".aac"
            : StartsWith(head, "glTF") ? ".glb"
            : StartsWith(head, "Kaydara FBX") ? ".fbx"
            : StartsWith(head, 0x50, 0x4B, 0x03, 0x04) ? (Contains(head, ".usd") ? ".usdz" : ".zip")
            : StartsWith(head, "BM") && head.Length >= 14 && head[6] == 0 && head[7] == 0 ? ".bmp"
            : null;
        return extension is null ? null : FileType.ForExtension(extension);
    }

    /// <summary>True if the bytes are the start of an HTML page, such as the error page of a proxy.</summary>
    internal static bool IsHtml(ReadOnlySpan<byte> head)
    {
        string text = Encoding.Latin1.GetString(head).TrimStart('\u00EF', '\u00BB', '\u00BF', ' ', '\r', '\n', '\t');
        return text.StartsWith("<!doctype html", StringComparison.OrdinalIgnoreCase) || text.StartsWith("<html", StringComparison.OrdinalIgnoreCase);
    }

    private static string DetectIsoBrand(ReadOnlySpan<byte> head) =>
        IsAt(head, 8, "qt  ") ? ".mov"
        : IsAt(head, 8, "M4A ") ? ".m4a"
        : IsAt(head, 8, "heic") || IsAt(head, 8, "heix") ? ".heic"
        : IsAt(head, 8, "mif1") ? ".heif"
        : IsAt(head, 8, "avif") ? ".avif"
        : ".mp4";

    private static bool IsMpegAudio(ReadOnlySpan<byte> head) =>
        head.Length >= 3 && head[0] == 0xFF && (head[1] & 0xE6) == 0xE2 && (head[2] & 0xF0) is not 0xF0 and not 0;

    private static bool StartsWith(ReadOnlySpan<byte> head, params byte[] signature) => head.StartsWith(signature);

    private static bool StartsWith(ReadOnlySpan<byte> head, string signature) => IsAt(head, 0, signature);

    private static bool IsAt(ReadOnlySpan<byte> head, int offset, string signature) =>
        head.Length >= offset + signature.Length && head[offset..].StartsWith(Encoding.Latin1.GetBytes(signature));

    private static bool Contains(ReadOnlySpan<byte> head, string text) => head.IndexOf(Encoding.Latin1.GetBytes(text)) >= 0;
}
