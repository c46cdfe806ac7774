using System.Diagnostics;

namespace AtlasCloud.Soak;

/// <summary>A worker in its own process, so that it can be killed.</summary>
internal sealed class WorkerProcess : IDisposable
{
    private readonly Process _process;
    private readonly Task<string> _standardError;

    private WorkerProcess(Process process) => (_process, _standardError) = (process, process.StandardError.ReadToEndAsync());

    internal bool HasExited => _process.HasExited;

    internal static WorkerProcess Start(WorkerSettings settings, string key)
    {
        ProcessStartInfo start = DotNetHost.StartInfo(typeof(WorkerProcess).Assembly.Location, settings.ToArguments());
        start.RedirectStandardInput = true;
        start.RedirectStandardError = true;
        start.UseShellExecute = false;
        start.Environment[WorkerSettings.KeyVariable] = key;
        return new WorkerProcess(Process.Start(start)!);
    }

    /// <summary>Waits for the worker to exit. Returns its error output, or null if it succeeded.</summary>
    internal async Task<string?> WaitAsync(CancellationToken cancellationToken)
    {
        await _process.WaitForExitAsync(cancellationToken).ConfigureAwait(false);
        return _process.ExitCode == 0 ? null : $"exit code {_process.ExitCode}: {await _standardError.ConfigureAwait(false)}";
    }

    /// <summary>Kills the process without notice, like a power failure.</summary>
    internal async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync().ConfigureAwait(false);
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
