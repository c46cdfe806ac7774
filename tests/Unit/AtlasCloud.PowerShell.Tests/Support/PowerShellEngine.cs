using System.Diagnostics;
using System.Reflection;
using System.Runtime.Loader;
using System.Text.RegularExpressions;

namespace AtlasCloud.PowerShell.Tests.Support;

/// <summary>
/// Finds an engine for the hosted tests: the one that Microsoft.PowerShell.SDK put next to the tests, else that of the PowerShell
/// on PATH. Knows no type of the engine, so it can say that there is none.
/// </summary>
internal static partial class PowerShellEngine
{
    private const string EngineFile = "System.Management.Automation.dll";

    private static readonly Lazy<(string? Home, string? Reason)> s_found = new(Find);

    /// <summary>Why the hosted tests cannot run; null where they can.</summary>
    internal static string? WhyNot => s_found.Value.Reason;

    /// <summary>Lets the runtime find the assemblies of the engine where they are.</summary>
    internal static void MakeFindable() => AssemblyLoadContext.Default.Resolving += Resolve;

    private static Assembly? Resolve(AssemblyLoadContext context, AssemblyName name)
    {
        if (s_found.Value.Home is not string home)
        {
            return null;
        }

        string path = Path.Join(home, name.Name + ".dll");
        return File.Exists(path) ? context.LoadFromAssemblyPath(path) : null;
    }

    private static (string? Home, string? Reason) Find()
    {
        if (File.Exists(Path.Join(AppContext.BaseDirectory, EngineFile)))
        {
            return (AppContext.BaseDirectory, null);
        }

        if (FindOnPath() is not string shell)
        {
            return (null, "Needs an engine: there is no pwsh on PATH, and -p:UsePowerShellSdk=true was not given.");
        }

        // A tool or a package manager puts a small starter on PATH, which can say where the engine is.
        string? home = Path.GetDirectoryName(shell);
        if (!File.Exists(Path.Join(home, EngineFile)))
        {
            home = Ask(shell);
        }

        if (!File.Exists(Path.Join(home, EngineFile)))
        {
            return (null, $"Needs an engine: that of {shell} was not found.");
        }

        int needed = RuntimeOf(home!);
        return needed > Environment.Version.Major
            ? (null, $"Needs an engine: that of {shell} runs on .NET {needed}, and these tests on .NET {Environment.Version.Major}.")
            : (home, null);
    }

    private static string? FindOnPath()
    {
        string name = OperatingSystem.IsWindows() ? "pwsh.exe" : "pwsh";
        string? found = (Environment.GetEnvironmentVariable("PATH") ?? "")
            .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .Select(folder => Path.Join(folder, name))
            .FirstOrDefault(File.Exists);
        return found is null ? null : File.ResolveLinkTarget(found, returnFinalTarget: true)?.FullName ?? found;
    }

    private static string? Ask(string shell)
    {
        try
        {
            ProcessStartInfo start = new(shell, ["-NoLogo", "-NoProfile", "-NonInteractive", "-Command", "$PSHOME"])
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            };
            using Process? process = Process.Start(start);
            return process?.StandardOutput.ReadToEnd().Trim();
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return null;
        }
    }

    private static int RuntimeOf(string home)
    {
        string file = Path.Join(home, "pwsh.runtimeconfig.json");
        Match target = TargetFramework().Match(File.Exists(file) ? File.ReadAllText(file) : "");
        return target.Success ? int.Parse(target.Groups[1].ValueSpan, provider: null) : 0;
    }

    [GeneratedRegex(@"""tfm""\s*:\s*""net(\d+)\.")]
    private static partial Regex TargetFramework();
}
