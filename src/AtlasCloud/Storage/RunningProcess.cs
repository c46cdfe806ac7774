using System.ComponentModel;
using System.Diagnostics;

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
        catch (Exception exception) when (exception is ArgumentException or InvalidOperationException or Win32Exception)
        {
            return false;
        }
    }
}
