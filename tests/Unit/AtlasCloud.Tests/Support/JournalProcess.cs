using System.Diagnostics;
using AtlasCloud.Soak;

namespace AtlasCloud.Tests;

/// <summary>A process that writes a journal, and what it said is on disk.</summary>
internal sealed class JournalProcess : IDisposable
{
    private readonly Process _process;
    private readonly Dictionary<string, string> _said = [];
    private int _enough = int.MaxValue;
    private int _lines;
    private readonly TaskCompletionSource _saidEnough = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Task _listening;
    private readonly Task<string> _errors;

    internal JournalProcess(string path, string name, int count)
    {
        ProcessStartInfo start = DotNetHost.StartInfo(typeof(TestProgram).Assembly.Location, [TestProgram.WriteJournal, path, name, $"{count}"]);
        start.RedirectStandardOutput = true;
        start.RedirectStandardError = true;
        _process = Process.Start(start)!;
        _listening = ListenAsync();
        _errors = _process.StandardError.ReadToEndAsync();
    }

    /// <summary>Ends it as a power cut would, while it goes on writing behind so many lines.</summary>
    internal async Task KillAsync(int afterLines)
    {
        Volatile.Write(ref _enough, afterLines);
        await Task.WhenAny(_saidEnough.Task, _listening);
        _process.Kill();
    }

    /// <summary>Waits for its end. Returns the last word said about each entry.</summary>
    internal async Task<(int ExitCode, Dictionary<string, string> Said, string Errors)> EndAsync()
    {
        await _process.WaitForExitAsync();
        await _listening;
        return (_process.ExitCode, _said, await _errors);
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
        }

        _process.Dispose();
    }

    private async Task ListenAsync()
    {
        while (await _process.StandardOutput.ReadLineAsync() is string line)
        {
            // A last line can be cut, with the id or before it.
            if (line.Split(' ') is [string word, { Length: 32 } id])
            {
                _said[id] = word;
                if (++_lines >= Volatile.Read(ref _enough))
                {
                    _saidEnough.TrySetResult();
                }
            }
        }
    }
}
