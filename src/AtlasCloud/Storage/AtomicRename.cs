using System.Runtime.InteropServices;
using System.Text;

namespace AtlasCloud.Storage;

/// <summary>Gives a finished file its name in one step, so that of two processes which want the same name exactly one gets it.</summary>
internal static class AtomicRename
{
    private const int AlreadyThere = 17;

    /// <returns>False where the name is taken.</returns>
    internal static bool TryMove(string from, string to, bool overwrite)
    {
        if (overwrite || OperatingSystem.IsWindows())
        {
            return TryMoveFile(from, to, overwrite);
        }

        // On Unix the runtime looks first and renames then, and a rename replaces what came in between. A second link does not.
        if (TryLink(from, to) is bool linked)
        {
            if (linked)
            {
                File.Delete(from);
            }

            return linked;
        }

        return TryReserve(to) && TryMoveFile(from, to, overwrite: true);
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

    // Null where the file system has no links, as FAT and some network shares.
    private static bool? TryLink(string from, string to)
    {
        try
        {
            return Link(Encoding.UTF8.GetBytes(from + '\0'), Encoding.UTF8.GetBytes(to + '\0')) == 0 ? true
                : Marshal.GetLastPInvokeError() == AlreadyThere ? false
                : null;
        }
        catch (Exception exception) when (exception is DllNotFoundException or EntryPointNotFoundException)
        {
            return null;
        }
    }

    /// <summary>Makes an empty file under the name, as only one can.</summary>
    internal static bool TryReserve(string path)
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
