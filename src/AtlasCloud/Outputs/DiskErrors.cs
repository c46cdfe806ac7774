using System.Globalization;
using AtlasCloud.Text;

namespace AtlasCloud.Outputs;

/// <summary>Says what a folder refuses, and what would help. None of it gets better by trying again.</summary>
internal static class DiskErrors
{
    // ERROR_DISK_FULL, ERROR_HANDLE_DISK_FULL; elsewhere the runtime passes the number of the system on: ENOSPC.
    private static readonly int[] s_full = [unchecked((int)0x80070070), unchecked((int)0x80070027), 28];

    // ERROR_DISK_QUOTA_EXCEEDED; EDQUOT of Linux and of macOS.
    private static readonly int[] s_quota = [unchecked((int)0x8007050F), 122, 69];

    // ERROR_FILE_TOO_LARGE, EFBIG.
    private static readonly int[] s_tooLarge = [unchecked((int)0x800700DF), 27];

    /// <param name="folder">Where it was written to.</param>
    /// <param name="exception">What the system said.</param>
    /// <param name="needed">How large the file is to be; null where that is not known.</param>
    internal static AtlasCloudException Describe(string folder, Exception exception, long? needed)
    {
        string wanted = needed is long bytes ? $"the file needs {Size(bytes)}" : "how much the file needs is not known";
        int code = exception.HResult;
        (string what, string help) = s_full.Contains(code)
            ? ($"There is no space left in '{folder}': {wanted}{Free(folder)}. The part that had arrived was removed",
                "Free some space or choose another -Destination, then save again: it costs nothing.")
            : s_quota.Contains(code)
            ? ($"The quota for '{folder}' is used up: {wanted}. The part that had arrived was removed",
                "Free some space or choose another -Destination, then save again: it costs nothing.")
            : s_tooLarge.Contains(code)
            ? ($"The file system of '{folder}' takes no file as large as this: {wanted}. The part that had arrived was removed",
                "Choose a -Destination on another file system, then save again: it costs nothing.")
            : ($"Nothing can be written to '{folder}': {SafeText.Sanitize(exception.Message, length: 200).TrimEnd('.')}",
                "Choose another -Destination, or mend its permissions.");
        return new AtlasCloudException(AtlasCloudErrorKind.DownloadIncomplete, what + ".", exception) { RecommendedAction = help, Target = folder };
    }

    private static string Free(string folder)
    {
        try
        {
            return $", {Size(new DriveInfo(folder).AvailableFreeSpace)} are free";
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException)
        {
            // A network share has no drive to ask.
            return "";
        }
    }

    private static string Size(long bytes) => bytes < 1_000_000
        ? string.Create(CultureInfo.InvariantCulture, $"{bytes:N0} bytes")
        : string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e6:N1} MB");
}
