using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace AtlasCloud.Emulation;

/// <summary>The emulator on its own, without PowerShell.</summary>
internal static class Program
{
    private const int UsageFault = 2;

    private static async Task<int> Main(string[] arguments)
    {
        CommandLine line = CommandLine.Parse(arguments);
        if (line.Options is null)
        {
            await (line.Fault is null ? Console.Out : Console.Error).WriteLineAsync(line.Fault ?? CommandLine.Help).ConfigureAwait(false);
            return line.Fault is null ? 0 : UsageFault;
        }

        TaskCompletionSource ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
        using PosixSignalRegistration interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, End);
        using PosixSignalRegistration terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, End);
        try
        {
            Emulator emulator = Emulator.Start(line.Options);
            await using (emulator.ConfigureAwait(false))
            {
                await Console.Out.WriteLineAsync(
                    $"Atlas API emulator at {emulator.BaseUri} with key {emulator.ApiKey} " +
                    $"(set ATLASCLOUD_BASE_URL and ATLASCLOUD_API_KEY to these; Ctrl+C ends it)").ConfigureAwait(false);
                await ended.Task.ConfigureAwait(false);
            }
        }
        catch (SocketException exception)
        {
            await Console.Error.WriteLineAsync($"Port {line.Options.Port} cannot be used: {exception.Message}").ConfigureAwait(false);
            return 1;
        }

        return 0;

        void End(PosixSignalContext signal)
        {
            signal.Cancel = true;
            ended.TrySetResult();
        }
    }
}
