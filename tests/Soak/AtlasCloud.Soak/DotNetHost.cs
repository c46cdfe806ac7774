using System.Runtime.InteropServices;

namespace AtlasCloud.Soak;

/// <summary>The <c>dotnet</c> program of the runtime that this process runs on.</summary>
internal static class DotNetHost
{
    // A test program that was started by its own executable has another process path; its runtime lies in dotnet/shared/<name>/<version>/.
    internal static string Path { get; } =
        System.IO.Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet"
            ? Environment.ProcessPath!
            : System.IO.Path.GetFullPath(System.IO.Path.Join(
                RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", "..", OperatingSystem.IsWindows() ? "dotnet.exe" : "dotnet"));
}
