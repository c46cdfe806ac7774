using System.Runtime.InteropServices;

namespace AtlasCloud.Bench.Peers;

/// <summary>The dotnet that runs this process.</summary>
internal static class DotNetProgram
{
    internal static string Path { get; } = System.IO.Path.GetFullPath(
        System.IO.Path.Join(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", "..", OperatingSystem.IsWindows() ? "dotnet.exe" : "dotnet"));
}
