using System.Management.Automation;
using System.Net.Sockets;
using AtlasCloud.PowerShell.Binding;
using AtlasCloud.PowerShell.Pipeline;
using AtlasCloud.PowerShell.Sessions;
using AtlasCloud.PowerShell.Transformations;

namespace AtlasCloud.PowerShell.Commands;

/// <summary>Starts an emulator of the Atlas Cloud API on this machine, for tests without costs. It stops with the runspace.</summary>
[Cmdlet(VerbsLifecycle.Start, "AtlasEmulator")]
[OutputType(typeof(Emulator))]
public sealed class StartAtlasEmulatorCommand : AtlasCloudCmdlet
{
    /// <summary>The port. Default: a free port.</summary>
    [Parameter]
    [ValidateRange(0, 65535)]
    [NumberTransformation(typeof(int))]
    public int Port { get; set; }

    /// <summary>The factor for the duration of tasks: 0.1 makes them ten times as fast, 0 completes them immediately. Default: 1.</summary>
    [Parameter]
    [ValidateRange(0.0, 1000.0)]
    [NumberTransformation(typeof(double))]
    public double TimeScale { get; set; } = 1;

    /// <summary>The balance of the account, in US dollars. Default: 100.</summary>
    [Parameter]
    [NumberTransformation(typeof(decimal))]
    public decimal Balance { get; set; } = 100;

    /// <summary>A delay for every response. Default: none.</summary>
    [Parameter]
    [ValidateNotNull]
    [TimeSpanTransformation]
    public TimeSpan? Latency { get; set; }

    /// <summary>A scenario file, which defines responses, delays and faults.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Scenario { get; set; }

    /// <inheritdoc/>
    protected override void ProcessInput()
    {
        EmulatorOptions options = new() { Port = Port, TimeScale = TimeScale, Balance = Balance, Latency = Latency ?? TimeSpan.Zero };
        if (Scenario is not null)
        {
            options = options with { Scenario = EmulatorScenario.Load(FilePattern.ResolveLiteral(SessionState.Path, nameof(Scenario), Scenario)) };
        }

        try
        {
            WriteObject(RunningEmulators.Current.Start(options));
        }
        catch (SocketException exception)
        {
            throw new IOException($"The emulator was not started: port {Port} is unavailable ({exception.Message}).", exception);
        }
    }
}
