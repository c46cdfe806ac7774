using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;

namespace AtlasCloud.Storage;

/// <summary>Checks whether a process on this machine is running.</summary>
internal static class RunningProcess
{
    internal static bool IsRunning(int id)
    {
        try
        {
            using Process process = Process.GetProcessById(id);
            return !process.HasExited;
        }
        catch (Win32Exception)
        {
            // Windows does not let a user ask about a process of another user, which exists.
            return true;
        }
        catch (Exception exception) when (exception is ArgumentException or InvalidOperationException)
        {
            return false;
        }
    }

    /// <summary>Whether a process that was recorded with its start is running. The start tells it from a later process with the same ID.</summary>
    /// <param name="id">The process ID.</param>
    /// <param name="start">The result of <see cref="GetStart"/> at that time; null if it was not recorded.</param>
    internal static bool IsRunning(int id, string? start) =>
        IsRunning(id) && (start is null || GetStart(id) is not string current || current == start);

    /// <summary>When a process started, in a form that does not change while it runs; null if that is unknown.</summary>
    internal static string? GetStart(int id)
    {
        try
        {
            // On Linux .NET derives the start from the current time, so it changes with the clock. The kernel counts from the boot.
            if (OperatingSystem.IsLinux() && File.ReadAllText($"/proc/{id}/stat") is string status)
            {
                return status[(status.LastIndexOf(')') + 1)..].Split(' ', StringSplitOptions.RemoveEmptyEntries).ElementAtOrDefault(19);
            }

            using Process process = Process.GetProcessById(id);
            return new DateTimeOffset(process.StartTime).ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        }
        catch (Exception exception) when (exception is ArgumentException or InvalidOperationException or Win32Exception or IOException or UnauthorizedAccessException or NotSupportedException)
        {
            return null;
        }
    }
}
