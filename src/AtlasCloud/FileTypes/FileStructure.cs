using System.Buffers.Binary;

namespace AtlasCloud.FileTypes;

/// <summary>
/// Checks that a file reaches the end that its format defines, since a body without a length can end early without notice. Formats without such an end
/// count as complete.
/// </summary>
internal static class FileStructure
{
    /// <summary>The number of parts to examine. A file that consists of more is not examined further and counts as damaged.</summary>
    internal const int MaxParts = 1_000_000;

    private const int StlHeaderLength = 80;
    private const int StlTriangleLength = 50;

    // The end record of a ZIP file, whose last member is the length of a comment of up to 64 KiB.
    private const int ZipEndLength = 22;

    // Encoders that write to a pipe cannot know the size, and write a value near the maximum.
    private const uint UnknownRiffSize = 0x7F00_0000;

    /// <summary>Examines a file.</summary>
    /// <param name="file">The file, which can be read and sought. Its position changes.</param>
    /// <param name="type">Its type by its signature.</param>
    /// <returns>What is missing, as the end of a sentence; null if nothing is.</returns>
    internal static string? FindDamage(Stream file, FileType type)
    {
        string? missing = type.Extension switch
        {
            ".png" => PngStructure.FindDamage(file),
            ".jpg" => JpegStructure.FindDamage(file),
            ".gif" => GifStructure.FindDamage(file),
            ".mp4" or ".mov" or ".m4a" or ".avif" or ".heic" or ".heif" => IsoMediaStructure.FindDamage(file),
            ".glb" => EndsAt(file, ReadUInt32(file, 8, isBigEndian: false)) ? null : "a part of its content",
            ".webp" or ".wav" or ".avi" => IsRiffComplete(file) ? null : "a part of its content",
            ".aiff" => ReadUInt32(file, 4, isBigEndian: true) is uint size && size + 8L <= file.Length ? null : "a part of its content",
            ".zip" or ".usdz" or ".3mf" => HasZipEnd(file) ? null : "its central directory",
            ".stl" => IsStlComplete(file) ? null : "a part of its triangles",
            ".ogg" => OggStructure.FindDamage(file),
            _ => null,
        };
        return missing is null ? null : $"the {type.Extension[1..].ToUpperInvariant()} file is incomplete or damaged ({missing} is missing)";
    }

    /// <summary>Reads a number; null if the file ends before it.</summary>
    internal static uint? ReadUInt32(Stream file, long offset, bool isBigEndian)
    {
        Span<byte> bytes = stackalloc byte[sizeof(uint)];
        return !TryRead(file, offset, bytes) ? null
            : isBigEndian ? BinaryPrimitives.ReadUInt32BigEndian(bytes)
            : BinaryPrimitives.ReadUInt32LittleEndian(bytes);
    }

    /// <summary>Fills a buffer from a position; false if the file ends before.</summary>
    internal static bool TryRead(Stream file, long offset, Span<byte> buffer)
    {
        if (offset < 0 || offset > file.Length - buffer.Length)
        {
            return false;
        }

        file.Position = offset;
        file.ReadExactly(buffer);
        return true;
    }

    private static bool EndsAt(Stream file, uint? length) => length is uint known && known > 0 && known <= file.Length;

    private static bool IsRiffComplete(Stream file) =>
        ReadUInt32(file, 4, isBigEndian: false) is uint size && (size is 0 or >= UnknownRiffSize || size + 8L <= file.Length);

    // The text form begins with "solid". Some binary files do so too, so that either form suffices.
    private static bool IsStlComplete(Stream file)
    {
        byte[] tail = new byte[(int)Math.Min(200, file.Length)];
        return (ReadUInt32(file, StlHeaderLength, isBigEndian: false) is uint count && StlHeaderLength + sizeof(uint) + (count * (long)StlTriangleLength) <= file.Length)
            || (TryRead(file, file.Length - tail.Length, tail) && tail.AsSpan().IndexOf("endsolid"u8) >= 0);
    }

    private static bool HasZipEnd(Stream file)
    {
        byte[] tail = new byte[(int)Math.Min(ZipEndLength + ushort.MaxValue, file.Length)];
        return TryRead(file, file.Length - tail.Length, tail) && tail.AsSpan().LastIndexOf("PK\u0005\u0006"u8) is >= 0 and int start
            && start + ZipEndLength <= tail.Length && start + ZipEndLength + BinaryPrimitives.ReadUInt16LittleEndian(tail.AsSpan(start + ZipEndLength - 2)) <= tail.Length;
    }
}
