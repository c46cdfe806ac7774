using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace AtlasCloud.Emulation;

/// <summary>The emulator as a stand-alone program, without PowerShell.</summary>
internal static class Program
{
    private const int UsageErrorExitCode = 2;

    private static async Task<int> Main(string[] arguments)
    {
        CommandLine line = CommandLine.Parse(arguments);
        if (line.Options is null)
        {
            await (line.Error is null ? Console.Out : Console.Error).WriteLineAsync(line.Error ?? CommandLine.Help).ConfigureAwait(false);
            return line.Error is null ? 0 : UsageErrorExitCode;
        }

        TaskCompletionSource stopRequested = new(TaskCreationOptions.RunContinuationsAsynchronously);
        using PosixSignalRegistration interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, RequestStop);
        using PosixSignalRegistration terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, RequestStop);
        try
        {
            Emulator emulator = Emulator.Start(line.Options);
            await using (emulator.ConfigureAwait(false))
            {
                await Console.Out.WriteLineAsync(
                    $"Atlas API emulator at {emulator.BaseUri} with key {emulator.ApiKey} " +
                    $"(set ATLASCLOUD_BASE_URL and ATLASCLOUD_API_KEY to these; Ctrl+C stops it)").ConfigureAwait(false);
                await stopRequested.Task.ConfigureAwait(false);
            }
        }
        catch (SocketException exception)
        {
            await Console.Error.WriteLineAsync($"Cannot listen on port {line.Options.Port}: {exception.Message}").ConfigureAwait(false);
            return 1;
        }

        return 0;

        void RequestStop(PosixSignalContext signal)
        {
            signal.Cancel = true;
            stopRequested.TrySetResult();
        }
    }
}
