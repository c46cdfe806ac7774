using System.Management.Automation;
using AtlasCloud.PowerShell.Pipeline;

namespace AtlasCloud.PowerShell.Tests.Hosted;

/// <summary>What the commands of these tests share.</summary>
internal abstract class TestCommand : AtlasCloudCmdlet
{
    [Parameter(Mandatory = true)]
    public Probe Probe { get; set; } = null!;

    [Parameter(ValueFromPipeline = true)]
    public int Number { get; set; }

    /// <summary>How long the work on one number takes.</summary>
    [Parameter]
    public int Milliseconds { get; set; }

    protected override void BeginInput() => Probe.Note($"{GetType().Name} begins");

    protected override void EndInput() => Probe.Note($"{GetType().Name} ends");

    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        Probe?.Note($"{GetType().Name} is disposed of");
    }

    protected Task<int> WorkAsync(int number, CancellationToken cancellationToken) => Probe.CountAsync(async () =>
    {
        await Task.Delay(TimeSpan.FromMilliseconds(Milliseconds), TimeProvider.System, cancellationToken);
        return number;
    });
}
