using System.Buffers.Binary;
using System.Globalization;
using AtlasCloud.Emulation.Media;

namespace AtlasCloud.Emulation.Assets;

/// <summary>The check of registered media. It sees uploads to this emulator; other addresses are accepted, since the emulator fetches nothing.</summary>
internal sealed class AssetInspector(MediaStore media)
{
    private const long MaximumImageBytes = 30L * 1024 * 1024;
    private const int MinimumSide = 300;
    private const int MaximumSide = 6000;
    private const double MaximumRatio = 2.5;
    private const int PngSizeOffset = 16;

    /// <summary>Returns why the service would reject the media; null if it would accept them.</summary>
    internal string? FindProblem(string kind, Uri address)
    {
        if (!address.IsLoopback || media.Find(Path.GetFileName(address.AbsolutePath)) is not StoredMedia file)
        {
            return null;
        }

        if (!file.ContentType.StartsWith(kind + "/", StringComparison.OrdinalIgnoreCase))
        {
            return $"the file is {file.ContentType}, not {kind.ToLowerInvariant()}";
        }

        return kind != "Image" ? null
            : file.Length > MaximumImageBytes ? "the image is larger than 30 MB"
            : ReadPngSize(file) is (uint width, uint height) && !IsAllowed(width, height)
                ? string.Create(CultureInfo.InvariantCulture, $"the image has {width}x{height} pixels: sides must be 300 to 6000 px and the ratio 0.4 to 2.5")
                : null;
    }

    private static bool IsAllowed(uint width, uint height) =>
        Math.Min(width, height) >= MinimumSide && Math.Max(width, height) <= MaximumSide && Math.Max(width, height) <= Math.Min(width, height) * MaximumRatio;

    private static (uint Width, uint Height)? ReadPngSize(StoredMedia file)
    {
        if (file.ContentType != "image/png" || file.FilePath is not string path)
        {
            return null;
        }

        byte[] head = new byte[PngSizeOffset + 2 * sizeof(uint)];
        using FileStream content = File.OpenRead(path);
        return content.ReadAtLeast(head, head.Length, throwOnEndOfStream: false) < head.Length ? null
            : (BinaryPrimitives.ReadUInt32BigEndian(head.AsSpan(PngSizeOffset)), BinaryPrimitives.ReadUInt32BigEndian(head.AsSpan(PngSizeOffset + sizeof(uint))));
    }
}
