using AtlasCloud.PowerShell.Isolation;

namespace AtlasCloud.PowerShell.Sessions;

/// <summary>The emulators that a runspace started. They stop with the runspace, or when the module is removed.</summary>
internal sealed class RunningEmulators
{
    private static readonly PerRunspace<RunningEmulators> s_byRunspace = new(() => new RunningEmulators(), item => item.StopAll());

    private readonly List<Emulator> _running = [];

    private RunningEmulators()
    {
    }

    internal static RunningEmulators Current => s_byRunspace.Current;

    internal IReadOnlyList<Emulator> All => [.. _running.Where(e => e.IsRunning)];

    internal Emulator Start(EmulatorOptions options)
    {
        Emulator emulator = Emulator.Start(options);
        _running.Add(emulator);
        return emulator;
    }

    internal void Stop(Emulator emulator)
    {
        emulator.Stop();
        _running.Remove(emulator);
    }

    private void StopAll()
    {
        foreach (Emulator emulator in All)
        {
            Stop(emulator);
        }
    }
}
