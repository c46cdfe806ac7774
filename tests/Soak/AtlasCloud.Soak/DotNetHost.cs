using System.Runtime.InteropServices;

namespace AtlasCloud.Soak;

/// <summary>Finds the <c>dotnet</c> executable of the current runtime.</summary>
internal static class DotNetHost
{
    // A test executable is not the dotnet executable; its runtime is in dotnet/shared/<name>/<version>/.
    internal static string Path { get; } =
        System.IO.Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet"
            ? Environment.ProcessPath!
            : System.IO.Path.GetFullPath(System.IO.Path.Join(
                RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", "..", OperatingSystem.IsWindows() ? "dotnet.exe" : "dotnet"));
}
