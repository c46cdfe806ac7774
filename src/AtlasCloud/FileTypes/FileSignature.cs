using System.Text;

namespace AtlasCloud.FileTypes;

/// <summary>Tells a file's type from its first bytes, which is the one thing about a download that is never a label put on by somebody.</summary>
internal static class FileSignature
{
    /// <summary>How many bytes are enough.</summary>
    internal const int Length = 64;

    internal static FileType? Find(ReadOnlySpan<byte> head)
    {
        string? extension =
            Starts(head, 0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A) ? ".png"
            : Starts(head, 0xFF, 0xD8, 0xFF) ? ".jpg"
            : Starts(head, "GIF8") ? ".gif"
            : Starts(head, "RIFF") && At(head, 8, "WEBP") ? ".webp"
            : Starts(head, "RIFF") && At(head, 8, "WAVE") ? ".wav"
            : Starts(head, "RIFF") && At(head, 8, "AVI ") ? ".avi"
            : Starts(head, "II*\0") || Starts(head, "MM\0*") ? ".tif"
            : At(head, 4, "ftyp") ? BrandOf(head)
            : Starts(head, 0x1A, 0x45, 0xDF, 0xA3) ? (Contains(head, "webm") ? ".webm" : ".mkv")
            : Starts(head, "ID3") || IsMpegAudio(head) ? ".mp3"
            : Starts(head, "OggS") ? ".ogg"
            : Starts(head, "fLaC") ? ".flac"
            : head.Length >= 2 && head[0] == 0xFF && (head[1] & 0xF6) == 0xF0 ? ".aac"
            : Starts(head, "glTF") ? ".glb"
            : Starts(head, "Kaydara FBX") ? ".fbx"
            : Starts(head, 0x50, 0x4B, 0x03, 0x04) ? (Contains(head, ".usd") ? ".usdz" : ".zip")
            : Starts(head, "BM") && head.Length >= 14 && head[6] == 0 && head[7] == 0 ? ".bmp"
            : null;
        return extension is null ? null : FileType.Of(extension);
    }

    /// <summary>Whether these bytes are a web page, which no result of the service ever is.</summary>
    internal static bool IsHtml(ReadOnlySpan<byte> head)
    {
        string text = Encoding.Latin1.GetString(head).TrimStart('\u00EF', '\u00BB', '\u00BF', ' ', '\r', '\n', '\t');
        return text.StartsWith("<!doctype html", StringComparison.OrdinalIgnoreCase) || text.StartsWith("<html", StringComparison.OrdinalIgnoreCase);
    }

    private static string BrandOf(ReadOnlySpan<byte> head) =>
        At(head, 8, "qt  ") ? ".mov"
        : At(head, 8, "M4A ") ? ".m4a"
        : At(head, 8, "heic") || At(head, 8, "heix") ? ".heic"
        : At(head, 8, "mif1") ? ".heif"
        : At(head, 8, "avif") ? ".avif"
        : ".mp4";

    private static bool IsMpegAudio(ReadOnlySpan<byte> head) =>
        head.Length >= 3 && head[0] == 0xFF && (head[1] & 0xE6) == 0xE2 && (head[2] & 0xF0) is not 0xF0 and not 0;

    private static bool Starts(ReadOnlySpan<byte> head, params byte[] signature) => head.StartsWith(signature);

    private static bool Starts(ReadOnlySpan<byte> head, string signature) => At(head, 0, signature);

    private static bool At(ReadOnlySpan<byte> head, int offset, string signature) =>
        head.Length >= offset + signature.Length && head[offset..].StartsWith(Encoding.Latin1.GetBytes(signature));

    private static bool Contains(ReadOnlySpan<byte> head, string text) => head.IndexOf(Encoding.Latin1.GetBytes(text)) >= 0;
}
