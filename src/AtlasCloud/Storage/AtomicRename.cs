using System.Runtime.InteropServices;
using System.Text;

namespace AtlasCloud.Storage;

/// <summary>Renames a finished file atomically: if two processes choose the same name, exactly one succeeds.</summary>
internal static class AtomicRename
{
    // EEXIST
    private const int FileExistsError = 17;

    /// <summary>Renames the file.</summary>
    /// <param name="from">The file.</param>
    /// <param name="to">The new name, on the same volume.</param>
    /// <param name="overwrite">Whether an existing file is replaced.</param>
    /// <returns>False if the name is taken.</returns>
    internal static bool TryMove(string from, string to, bool overwrite)
    {
        if (overwrite || OperatingSystem.IsWindows())
        {
            return TryMoveFile(from, to, overwrite);
        }

        // On Unix File.Move checks for the target and then renames, which would replace a file created in between. link() fails if the target exists.
        if (TryLink(from, to) is bool linked)
        {
            if (linked)
            {
                File.Delete(from);
            }

            return linked;
        }

        return TryCreateEmpty(to) && TryMoveFile(from, to, overwrite: true);
    }

    private static bool TryMoveFile(string from, string to, bool overwrite)
    {
        try
        {
            File.Move(from, to, overwrite);
            return true;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException
            && ((!overwrite && File.Exists(to)) || Directory.Exists(to)))
        {
            return false;
        }
    }

    // Null if the file system does not support hard links, such as FAT and some network shares.
    private static bool? TryLink(string from, string to)
    {
        try
        {
            return Link(Encoding.UTF8.GetBytes(from + '\0'), Encoding.UTF8.GetBytes(to + '\0')) == 0 ? true
                : Marshal.GetLastPInvokeError() == FileExistsError ? false
                : null;
        }
        catch (Exception exception) when (exception is DllNotFoundException or EntryPointNotFoundException)
        {
            return null;
        }
    }

    /// <summary>Creates an empty file that reserves the name; false if the name is taken.</summary>
    internal static bool TryCreateEmpty(string path)
    {
        try
        {
            new FileStream(path, FileMode.CreateNew, FileAccess.Write).Dispose();
            return true;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException && Path.Exists(path))
        {
            return false;
        }
    }

    [DllImport("libc", EntryPoint = "link", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Link(byte[] from, byte[] to);
}
