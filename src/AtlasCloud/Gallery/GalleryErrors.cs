namespace AtlasCloud.Gallery;

/// <summary>Creates the errors about the files of a gallery.</summary>
internal static class GalleryErrors
{
    /// <summary>The path is a folder.</summary>
    internal static AtlasCloudException FileIsFolder(string path) => Unusable($"'{path}' is a folder, not a file.", path, AtlasCloudErrorReason.FileIsFolder);

    /// <summary>The path does not exist.</summary>
    internal static AtlasCloudException FileMissing(string path) => Unusable($"The file '{path}' does not exist.", path, AtlasCloudErrorReason.FileMissing);

    /// <summary>The file that a .json file describes does not exist.</summary>
    internal static AtlasCloudException DescribedFileMissing(string metadata, string media) =>
        Unusable($"The file '{media}', which '{Path.GetFileName(metadata)}' describes, does not exist.", media, AtlasCloudErrorReason.FileMissing);

    private static AtlasCloudException Unusable(string message, string path, AtlasCloudErrorReason reason) =>
        new(AtlasCloudErrorKind.InvalidParameter, $"{message} It is not in the gallery.") { Reason = reason, Value = path, Target = path };
}
