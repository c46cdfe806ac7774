using AtlasCloud.Text;

namespace AtlasCloud.Storage;

/// <summary>Creates the errors about local files that were to be sent. In all of them nothing was sent.</summary>
internal static class FileErrors
{
    private const int MaxCauseLength = 200;

    /// <summary>The path is a folder.</summary>
    internal static AtlasCloudException FileIsFolder(string path) => Unusable(path, "is a folder, not a file", AtlasCloudErrorReason.FileIsFolder);

    /// <summary>The path does not exist.</summary>
    internal static AtlasCloudException FileMissing(string path) => Unusable(path, "does not exist", AtlasCloudErrorReason.FileMissing);

    /// <summary>The path does not exist and looks like a web address without its scheme.</summary>
    internal static AtlasCloudException AddressWithoutScheme(string path) => Unusable(path, "does not exist", AtlasCloudErrorReason.AddressWithoutScheme);

    /// <summary>The file has no content.</summary>
    internal static AtlasCloudException FileEmpty(string path) => Unusable(path, "is empty or not a regular file", AtlasCloudErrorReason.FileEmpty);

    /// <summary>The file cannot be read.</summary>
    internal static AtlasCloudException FileUnreadable(string path, Exception cause) => Unusable(
        path, $"cannot be read ({SafeText.Sanitize(cause.Message, length: MaxCauseLength).TrimEnd('.')})", AtlasCloudErrorReason.FileUnreadable, cause);

    private static AtlasCloudException Unusable(string path, string problem, AtlasCloudErrorReason reason, Exception? cause = null) =>
        new(AtlasCloudErrorKind.InvalidParameter, $"The file '{path}' {problem}. Nothing was sent.", cause)
        {
            Reason = reason,
            Value = path,
            Target = path,
        };
}
