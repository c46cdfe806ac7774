using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using AtlasCloud.Storage;

namespace AtlasCloud.Outputs;

/// <summary>Temporary files of downloads whose process was killed. Their names say whose they are, so that nobody else's are touched.</summary>
internal static class StalePartialFiles
{
    private const string Extension = ".partial";

    // A folder can be shared by machines, whose processes have the same numbers.
    private static readonly string s_machine = Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(Environment.MachineName)))[..8];

    /// <summary>A name for a temporary file of this process.</summary>
    internal static string NewName() => $".{s_machine}-{Environment.ProcessId}-{Guid.NewGuid():N}{Extension}";

    /// <summary>Removes those in a folder whose process on this machine is gone. Nothing that goes wrong matters.</summary>
    internal static void Delete(string folder)
    {
        try
        {
            foreach (string file in Directory.EnumerateFiles(folder, $".{s_machine}-*-*{Extension}"))
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
            // They stay for the next time.
        }
    }
}
