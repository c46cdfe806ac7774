using System.Management.Automation;
using System.Net.Sockets;
using AtlasCloud.PowerShell.Pipeline;
using AtlasCloud.PowerShell.Sessions;

namespace AtlasCloud.PowerShell.Commands;

/// <summary>Starts the Atlas API on this machine, for trying things out and for tests that cost nothing. It ends with the session.</summary>
[Cmdlet(VerbsLifecycle.Start, "AtlasEmulator")]
[OutputType(typeof(Emulator))]
public sealed class StartAtlasEmulatorCommand : AtlasCloudCmdlet
{
    /// <summary>The port; a free one where it is left out.</summary>
    [Parameter]
    [ValidateRange(0, 65535)]
    public int Port { get; set; }

    /// <summary>How fast its time runs: 0.1 makes tasks ten times as quick, 0 finishes them at once.</summary>
    [Parameter]
    [ValidateRange(0.0, 1000.0)]
    public double TimeScale { get; set; } = 1;

    /// <summary>The money in the account, in US dollars.</summary>
    [Parameter]
    public decimal Balance { get; set; } = 100;

    /// <summary>Time that every answer takes longer.</summary>
    [Parameter]
    [ValidateNotNull]
    public TimeSpan? Latency { get; set; }

    /// <summary>A file that scripts replies, delays and faults.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Scenario { get; set; }

    /// <inheritdoc/>
    protected override void ProcessInput()
    {
        EmulatorOptions options = new() { Port = Port, TimeScale = TimeScale, Balance = Balance, Latency = Latency ?? TimeSpan.Zero };
        if (Scenario is not null)
        {
            options = options with { Scenario = EmulatorScenario.Load(GetUnresolvedProviderPathFromPSPath(Scenario)) };
        }

        try
        {
            WriteObject(RunningEmulators.Current.Start(options));
        }
        catch (SocketException exception)
        {
            throw new IOException($"No emulator was started: port {Port} of this machine cannot be had ({exception.Message}).", exception);
        }
    }
}
