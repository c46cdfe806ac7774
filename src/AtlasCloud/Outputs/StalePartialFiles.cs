using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using AtlasCloud.Storage;

namespace AtlasCloud.Outputs;

/// <summary>Deletes temporary files of downloads whose process was killed. Their names contain the machine and process, so that no active download is affected.</summary>
internal static class StalePartialFiles
{
    private const string Extension = ".partial";

    // A folder can be shared between machines, and process IDs are unique on one machine only.
    private static readonly string s_machine = Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(Environment.MachineName)))[..8];

    /// <summary>Returns a new name for a temporary file of this process.</summary>
    internal static string CreateName() => $".{s_machine}-{Environment.ProcessId}-{Guid.NewGuid():N}{Extension}";

    /// <summary>Deletes the temporary files in a folder whose process on this machine has ended. Failures are ignored.</summary>
    internal static void Delete(string folder)
    {
        try
        {
            foreach (string file in FileSearch.EnumerateFiles(folder, $".{s_machine}-*-*{Extension}"))
            {
                string[] parts = Path.GetFileName(file).Split('-');
                if (parts.Length == 3 && int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out int process) && !RunningProcess.IsRunning(process))
                {
                    File.Delete(file);
                }
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // The next saver tries again.
        }
    }
}
