using System.Globalization;
using AtlasCloud.Text;

namespace AtlasCloud.Outputs;

/// <summary>Explains why a folder refused a file. Another attempt would fail the same way.</summary>
internal static class DiskErrors
{
    // ERROR_DISK_FULL, ERROR_HANDLE_DISK_FULL; on other systems HResult is the error number, ENOSPC.
    private static readonly int[] s_full = [unchecked((int)0x80070070), unchecked((int)0x80070027), 28];

    // ERROR_DISK_QUOTA_EXCEEDED; EDQUOT on Linux and on macOS.
    private static readonly int[] s_quota = [unchecked((int)0x8007050F), 122, 69];

    // ERROR_FILE_TOO_LARGE, EFBIG.
    private static readonly int[] s_tooLarge = [unchecked((int)0x800700DF), 27];

    /// <summary>Creates the error for an exception of the file system.</summary>
    /// <param name="folder">The folder that was written to.</param>
    /// <param name="exception">The exception.</param>
    /// <param name="neededBytes">The size of the file; null if unknown.</param>
    internal static AtlasCloudException Create(string folder, Exception exception, long? neededBytes)
    {
        string needed = neededBytes is long bytes ? $"the file needs {Format(bytes)}" : "the size of the file is unknown";
        int code = exception.HResult;
        (AtlasCloudErrorReason reason, string message) = s_full.Contains(code)
            ? (AtlasCloudErrorReason.DiskFull, $"No space is left in '{folder}': {needed}{DescribeFreeSpace(folder)}. The incomplete file was removed")
            : s_quota.Contains(code)
            ? (AtlasCloudErrorReason.DiskQuotaExceeded, $"The quota for '{folder}' is exhausted: {needed}. The incomplete file was removed")
            : s_tooLarge.Contains(code)
            ? (AtlasCloudErrorReason.FileTooLargeForFileSystem, $"The file system of '{folder}' does not support files of this size: {needed}. The incomplete file was removed")
            : (AtlasCloudErrorReason.FolderNotWritable, $"Cannot write to '{folder}': {SafeText.Sanitize(exception.Message, length: 200).TrimEnd('.')}");
        return new AtlasCloudException(AtlasCloudErrorKind.DownloadIncomplete, message + ".", exception) { Reason = reason, Value = folder, Target = folder };
    }

    /// <summary>Creates the error for an existing file that the system does not replace.</summary>
    /// <param name="path">The existing file.</param>
    /// <param name="exception">The exception.</param>
    internal static AtlasCloudException CannotReplace(string path, Exception exception)
    {
        string cause = SafeText.Sanitize(exception.Message, length: 200).TrimEnd('.');
        return new AtlasCloudException(
            AtlasCloudErrorKind.DownloadIncomplete, $"'{path}' cannot be replaced: {cause}. The new file was removed and the existing file is unchanged.", exception)
        {
            Reason = AtlasCloudErrorReason.TargetNotReplaceable,
            Value = path,
            Target = path,
        };
    }

    private static string DescribeFreeSpace(string folder)
    {
        try
        {
            return $", {Format(new DriveInfo(folder).AvailableFreeSpace)} are free";
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException)
        {
            // DriveInfo does not support network shares.
            return "";
        }
    }

    private static string Format(long bytes) => bytes < 1_000_000
        ? string.Create(CultureInfo.InvariantCulture, $"{bytes:N0} bytes")
        : string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e6:N1} MB");
}
