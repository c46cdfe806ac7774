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
            : StartsWith(head, "GIF87a") || StartsWith(head, "GIF89a") ? ".gif"
            : StartsWith(head, "RIFF") && IsAt(head, 8, "WEBP") ? ".webp"
            : StartsWith(head, "RIFF") && IsAt(head, 8, "WAVE") ? ".wav"
            : StartsWith(head, "RIFF") && IsAt(head, 8, "AVI ") ? ".avi"
            : (StartsWith(head, "RF64") || StartsWith(head, "BW64")) && IsAt(head, 8, "WAVE") ? ".wav"
            : StartsWith(head, "II*\0") || StartsWith(head, "MM\0*") || StartsWith(head, "II+\0") || StartsWith(head, "MM\0+") ? ".tif"
            : IsAt(head, 4, "ftyp") ? DetectIsoBrand(head)
            : head.Length > 0 && head[0] < ' ' && (IsAt(head, 4, "moov") || IsAt(head, 4, "mdat") || IsAt(head, 4, "wide")) ? ".mov"
            : StartsWith(head, "\0\0\0\u000CJXL ") || StartsWith(head, 0xFF, 0x0A) ? ".jxl"
            : StartsWith(head, "\0\0\0\u000CjP  ") ? ".jp2"
            : StartsWith(head, 0x1A, 0x45, 0xDF, 0xA3) ? (Contains(head, "webm") ? ".webm" : ".mkv")
            : (StartsWith(head, "ID3") && head.Length > 3 && head[3] < ' ') || IsMpegAudio(head) ? ".mp3"
            : StartsWith(head, "OggS\0") ? ".ogg"
            : StartsWith(head, "fLaC") ? ".flac"
            : head.Length >= 2 && head[0] == 0xFF && (head[1] & 0xF6) == 0xF0 ? ".aac"
            : StartsWith(head, "glTF") && IsAt(head, 5, "\0\0\0") ? ".glb"
            : StartsWith(head, "Kaydara FBX") ? ".fbx"
            : StartsWith(head, 0x50, 0x4B, 0x03, 0x04) ? (Contains(head, ".usd") ? ".usdz" : ".zip")
            : FindOther(head) is string other ? other
            : StartsWith(head, "BM") && head.Length >= 14 && head[6] == 0 && head[7] == 0 ? ".bmp"
            : null;
        return extension is null ? null : FileType.ForExtension(extension);
    }

    // Less usual formats of each kind.
    private static string? FindOther(ReadOnlySpan<byte> head) =>
        StartsWith(head, "8BPS\0") ? ".psd"
        : StartsWith(head, 0x76, 0x2F, 0x31, 0x01) ? ".exr"
        : StartsWith(head, "#?RADIANCE") || StartsWith(head, "#?RGBE") ? ".hdr"
        : StartsWith(head, 0x00, 0x00, 0x01, 0x00) && head.Length > 5 && head[4] > 0 && head[5] == 0 ? ".ico"
        : StartsWith(head, "FORM") && (IsAt(head, 8, "AIFF") || IsAt(head, 8, "AIFC")) ? ".aiff"
        : StartsWith(head, "#!AMR") ? ".amr"
        : StartsWith(head, "caff\0") ? ".caf"
        : StartsWith(head, ".snd\0") ? ".au"
        : StartsWith(head, "MThd\0\0\0\u0006") ? ".mid"
        : StartsWith(head, "FLV\u0001") ? ".flv"
        : StartsWith(head, 0x30, 0x26, 0xB2, 0x75, 0x8E, 0x66, 0xCF, 0x11) ? ".wmv"
        : StartsWith(head, 0x00, 0x00, 0x01, 0xBA) ? ".mpg"
        : head.Length > 376 && head[0] == 0x47 && head[188] == 0x47 && head[376] == 0x47 ? ".ts"
        : StartsWith(head, "ply\n") || StartsWith(head, "ply\r") ? ".ply"
        : StartsWith(head, "PXR-USDC") || StartsWith(head, "#usda") ? ".usd"
        : StartsWith(head, "NGSP") && head.Length > 4 && head[4] < ' ' ? ".spz"
        : StartsWith(head, "Rar!\u001A\u0007") ? ".rar"
        : StartsWith(head, 0x37, 0x7A, 0xBC, 0xAF, 0x27, 0x1C) ? ".7z"
        : StartsWith(head, "%PDF-") ? ".pdf"
        : StartsWith(head, 0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1) ? ".doc"
        : null;

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
