using System.Management.Automation;
using AtlasCloud.PowerShell.Pipeline;

namespace AtlasCloud.PowerShell.Tests.Hosted;

/// <summary>What the commands of these tests share.</summary>
internal abstract class TestCommand() : AtlasCloudCmdlet(Probe.CurrentClock)
{
    [Parameter(Mandatory = true)]
    public Probe Probe { get; set; } = null!;

    [Parameter(ValueFromPipeline = true)]
    public int Number { get; set; }

    /// <summary>Work ends only when so many tasks run at the same time.</summary>
    [Parameter]
    public int Meet { get; set; }

    /// <summary>Work on this number and those after it ends only when the probe is released.</summary>
    [Parameter]
    public int HoldFrom { get; set; } = int.MaxValue;

    /// <summary>Releases the probe once work has begun.</summary>
    [Parameter]
    public SwitchParameter Release { get; set; }

    protected override void BeginInput() => Probe.Note($"{GetType().Name} begins");

    protected override void EndInput() => Probe.Note($"{GetType().Name} ends");

    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        Probe?.Note($"{GetType().Name} is disposed of");
    }

    protected Task<int> WorkAsync(int number, CancellationToken cancellationToken) => Probe.CountAsync(async () =>
    {
        if (Release)
        {
            Probe.Released.TrySetResult();
        }

        if (Meet > 0)
        {
            await Probe.MeetAsync(Meet, cancellationToken);
        }

        if (number >= HoldFrom)
        {
            await Probe.Released.Task.WaitAsync(cancellationToken);
        }

        return number;
    });
}
