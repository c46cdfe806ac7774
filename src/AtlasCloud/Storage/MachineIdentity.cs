using System.Security.Cryptography;
using System.Text;

namespace AtlasCloud.Storage;

/// <summary>
/// Identifies the set of processes that this process can see. Two containers on one host differ although they can have the same name and both run process 1,
/// and a machine differs from itself before a restart.
/// </summary>
internal static class MachineIdentity
{
    /// <summary>32 lower-case hexadecimal digits that do not reveal what they are computed from.</summary>
    internal static string Value { get; } = Compute(
        Environment.MachineName, Read("/etc/machine-id"), Read("/proc/sys/kernel/random/boot_id"), ReadLink("/proc/self/ns/pid"));

    /// <summary>Combines what is known; parts that are unknown are null.</summary>
    internal static string Compute(params string?[] parts) =>
        Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', parts))))[..32].ToLowerInvariant();

    private static string? Read(string path)
    {
        try
        {
            return File.Exists(path) ? File.ReadAllText(path) : null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private static string? ReadLink(string path)
    {
        try
        {
            return File.Exists(path) ? new FileInfo(path).LinkTarget : null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
