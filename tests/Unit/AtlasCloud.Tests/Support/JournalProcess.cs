using System.Diagnostics;

namespace AtlasCloud.Tests;

/// <summary>A process that writes a journal, and what it said is on disk.</summary>
internal sealed class JournalProcess : IDisposable
{
    private readonly Process _process;
    private readonly Task<string> _said;
    private readonly Task<string> _errors;

    internal JournalProcess(string path, string name, int count)
    {
        // The host of the tests is the program that runs assemblies, unless somebody has another one.
        string host = Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet" ? Environment.ProcessPath! : "dotnet";
        ProcessStartInfo start = new(host) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (string argument in (string[])["exec", typeof(TestProgram).Assembly.Location, path, name, $"{count}"])
        {
            start.ArgumentList.Add(argument);
        }

        _process = Process.Start(start)!;
        _said = _process.StandardOutput.ReadToEndAsync();
        _errors = _process.StandardError.ReadToEndAsync();
    }

    /// <summary>Ends it as a power cut would.</summary>
    internal void Kill() => _process.Kill();

    /// <summary>Waits for its end. Returns the last word said about each entry.</summary>
    internal async Task<(int ExitCode, Dictionary<string, string> Said, string Errors)> EndAsync()
    {
        await _process.WaitForExitAsync();
        Dictionary<string, string> said = [];
        string text = await _said;
        foreach (string line in text[..(text.LastIndexOf('\n') + 1)].Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            string[] parts = line.TrimEnd('\r').Split(' ');
            said[parts[1]] = parts[0];
        }

        return (_process.ExitCode, said, await _errors);
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
        }

        _process.Dispose();
    }
}
