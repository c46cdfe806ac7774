using AtlasCloud.FileTypes;

namespace AtlasCloud;

// In the root namespace, since AtlasCloud.Media is a type.

/// <summary>The type of a file to upload, and the name to upload it under. The service and the models go by the extension and not by the content.</summary>
/// <param name="Type">The type.</param>
/// <param name="Name">The file name, with an extension that fits the content.</param>
/// <param name="IsRenamed">Whether the file has an extension of another format, or none.</param>
internal sealed record UploadType(FileType Type, string Name, bool IsRenamed)
{
    // Formats that share a signature, or are read by the same software: the extension decides among them.
    private static readonly string[][] s_families =
    [
        [".jpg", ".jpeg"], [".tif", ".tiff"], [".heic", ".heif"], [".mkv", ".webm"], [".mp4", ".mov", ".m4a"], [".ogg", ".opus"], [".mp3", ".aac"],
        [".zip", ".docx", ".xlsx", ".pptx", ".usdz", ".3mf"], [".doc", ".xls", ".ppt"], [".usd", ".usda"],
    ];

    /// <summary>Determines the type of a file.</summary>
    /// <param name="name">The file name.</param>
    /// <param name="head">The first bytes.</param>
    internal static UploadType Of(string name, ReadOnlySpan<byte> head)
    {
        FileType? named = FileType.FromExtension(name);
        if (FileSignature.Find(head) is not FileType found)
        {
            return new UploadType(named ?? FileType.Binary, name, IsRenamed: false);
        }

        string[] family = s_families.FirstOrDefault(f => f.Contains(found.Extension)) ?? [found.Extension];
        return named is not null && family.Contains(named.Extension) ? new UploadType(IsContainer(found) ? named : found with { Kind = named.Kind }, name, IsRenamed: false)
            : new UploadType(found, Path.ChangeExtension(name, found.Extension), IsRenamed: true);
    }

    private static bool IsContainer(FileType type) => type.Extension is ".zip" or ".doc" or ".mp4" or ".mov";
}
