using System.Management.Automation;
using AtlasCloud.PowerShell.Pipeline;
using AtlasCloud.PowerShell.Sessions;

namespace AtlasCloud.PowerShell.Commands;

/// <summary>Stops emulators: the specified ones, or all that this runspace started.</summary>
[Cmdlet(VerbsLifecycle.Stop, "AtlasEmulator", SupportsShouldProcess = true)]
public sealed class StopAtlasEmulatorCommand : AtlasCloudCmdlet
{
    /// <summary>The emulator, as Start-AtlasEmulator returned it.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true)]
    [ValidateNotNull]
    public Emulator? InputObject { get; set; }

    /// <inheritdoc/>
    protected override void ProcessInput() =>
        ForEach(InputObject is null ? RunningEmulators.Current.All : [InputObject], emulator =>
        {
            if (ShouldProcess(emulator.ToString()!, "Stop emulator"))
            {
                RunningEmulators.Current.Stop(emulator);
            }
        });
}
