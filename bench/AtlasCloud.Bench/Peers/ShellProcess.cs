using System.Text.Json;

namespace AtlasCloud.Bench.Peers;

/// <summary>Runs a script in a new PowerShell process, with the server as the service and a folder of its own for cache and journal.</summary>
internal sealed class ShellProcess(IReadOnlyList<string> shell, string module, string home, string address)
{
    private static readonly string s_scripts = Path.Join(AppContext.BaseDirectory, "Scripts");

    private readonly Dictionary<string, string> _environment = new(StringComparer.Ordinal)
    {
        ["ATLASCLOUD_HOME"] = home,
        ["ATLASCLOUD_BASE_URL"] = address,
        ["ATLASCLOUD_API_KEY"] = "apikey-bench-0123456789abcdef",
        ["POWERSHELL_TELEMETRY_OPTOUT"] = "1",
        ["POWERSHELL_UPDATECHECK"] = "Off",
    };

    internal string Module => module;

    /// <summary>Runs a script that measures itself.</summary>
    internal async Task<Sample> MeasureAsync(string script, params string[] arguments)
    {
        (string output, _) = await RunAsync(script, arguments).ConfigureAwait(false);
        string line = output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Last(l => l.StartsWith('{'));
        return JsonSerializer.Deserialize<Sample>(line)!;
    }

    /// <summary>Runs a script and measures the process.</summary>
    internal async Task<Sample> MeasureProcessAsync(string script, params string[] arguments)
    {
        (_, TimeSpan elapsed) = await RunAsync(script, arguments).ConfigureAwait(false);
        return new Sample { Milliseconds = elapsed.TotalMilliseconds };
    }

    private Task<(string Output, TimeSpan Elapsed)> RunAsync(string script, string[] arguments) => ChildProcess.RunAsync(
        shell[0],
        [.. shell.Skip(1), "-NoLogo", "-NoProfile", "-NonInteractive", "-File", Path.Join(s_scripts, script), .. arguments],
        _environment);
}
