using System.Diagnostics;
using AtlasCloud.Soak;

namespace AtlasCloud.Tests;

/// <summary>A process that writes a journal, and the lines that it acknowledged as being on disk.</summary>
internal sealed class JournalProcess : IDisposable
{
    private readonly Process _process;
    private readonly Dictionary<string, string> _acknowledged = [];
    private int _killAfter = int.MaxValue;
    private int _lines;
    private readonly TaskCompletionSource _hasReachedLimit = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Task _readLoop;
    private readonly Task<string> _errors;

    internal JournalProcess(string path, string name, int count)
    {
        ProcessStartInfo start = DotNetHost.StartInfo(typeof(TestProgram).Assembly.Location, [TestProgram.WriteJournal, path, name, $"{count}"]);
        start.RedirectStandardOutput = true;
        start.RedirectStandardError = true;
        _process = Process.Start(start)!;
        _readLoop = ReadLinesAsync();
        _errors = _process.StandardError.ReadToEndAsync();
    }

    /// <summary>Kills the process once it has acknowledged the given number of lines, while it continues to write.</summary>
    internal async Task KillAsync(int afterLines)
    {
        Volatile.Write(ref _killAfter, afterLines);
        await Task.WhenAny(_hasReachedLimit.Task, _readLoop);
        _process.Kill();
    }

    /// <summary>Waits until the process has ended. Returns the last acknowledged step of each entry.</summary>
    internal async Task<(int ExitCode, Dictionary<string, string> Acknowledged, string Errors)> EndAsync()
    {
        await _process.WaitForExitAsync();
        await _readLoop;
        return (_process.ExitCode, _acknowledged, await _errors);
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
        }

        _process.Dispose();
    }

    private async Task ReadLinesAsync()
    {
        while (await _process.StandardOutput.ReadLineAsync() is string line)
        {
            // The last line of a killed process can be truncated.
            if (line.Split(' ') is [string step, { Length: 32 } id])
            {
                _acknowledged[id] = step;
                if (++_lines >= Volatile.Read(ref _killAfter))
                {
                    _hasReachedLimit.TrySetResult();
                }
            }
        }
    }
}
