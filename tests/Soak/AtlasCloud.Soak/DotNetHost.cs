using System.Diagnostics;
using System.Runtime.InteropServices;

namespace AtlasCloud.Soak;

/// <summary>Runs an assembly in a process of its own, on the runtime that this process runs on.</summary>
internal static class DotNetHost
{
    // A test executable has another process path; its runtime is in dotnet/shared/<name>/<version>/.
    private static readonly string s_dotnet =
        Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet"
            ? Environment.ProcessPath!
            : Path.GetFullPath(Path.Join(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", "..", OperatingSystem.IsWindows() ? "dotnet.exe" : "dotnet"));

    /// <summary>Describes the process: the assembly's own executable on Windows if it has one, because Wine has no dotnet.exe, else dotnet.</summary>
    internal static ProcessStartInfo StartInfo(string assembly, IEnumerable<string> arguments)
    {
        string executable = Path.ChangeExtension(assembly, ".exe");
        return OperatingSystem.IsWindows() && File.Exists(executable)
            ? new ProcessStartInfo(executable, arguments)
            : new ProcessStartInfo(s_dotnet, [assembly, .. arguments]);
    }
}
