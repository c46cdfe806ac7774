using System.ComponentModel;
using System.Diagnostics;

namespace AtlasCloud.Bench.Peers;

/// <summary>Runs a program and measures it from start to exit.</summary>
internal static class ChildProcess
{
    /// <summary>Runs a program.</summary>
    /// <returns>Its output, and the time from its start to its exit.</returns>
    /// <exception cref="PeerMissingException">The program is not installed.</exception>
    /// <exception cref="InvalidOperationException">The program failed.</exception>
    internal static async Task<(string Output, TimeSpan Elapsed)> RunAsync(
        string program, IEnumerable<string> arguments, IReadOnlyDictionary<string, string>? environment = null, string? folder = null)
    {
        ProcessStartInfo start = new(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = folder ?? "" };
        foreach ((string name, string value) in environment ?? new Dictionary<string, string>())
        {
            start.Environment[name] = value;
        }

        long began = Stopwatch.GetTimestamp();
        using Process process = Start(start);
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        Task<string> errors = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync().ConfigureAwait(false);
        TimeSpan elapsed = Stopwatch.GetElapsedTime(began);
        string text = await output.ConfigureAwait(false);
        string problem = await errors.ConfigureAwait(false);
        return process.ExitCode == 0
            ? (text, elapsed)
            : throw new InvalidOperationException($"{program} failed with exit code {process.ExitCode}: {(problem.Length > 0 ? problem : text).Trim()}");
    }

    private static Process Start(ProcessStartInfo start)
    {
        try
        {
            return Process.Start(start)!;
        }
        catch (Win32Exception)
        {
            throw new PeerMissingException($"{start.FileName} is not installed");
        }
    }
}
