using System.Management.Automation;
using AtlasCloud.PowerShell.Pipeline;

namespace AtlasCloud.PowerShell.Tests.Hosted;

/// <summary>Watches all numbers together and writes each when it is done.</summary>
[Cmdlet(VerbsLifecycle.Wait, "Test")]
internal sealed class WaitTestCommand : TestCommand
{
    private PipelineWork<int, int>? _work;

    protected override void BeginInput()
    {
        base.BeginInput();
        _work = new PipelineWork<int, int>(Pump);
    }

    protected override void ProcessInput()
    {
        int number = Number;
        _work!.Add(number, stopping => WorkAsync(number, stopping));
        DrainCompleted(_work, (_, result) => WriteObject(result));
    }

    protected override void EndInput()
    {
        DrainAll(_work!, (_, result) => WriteObject(result));
        base.EndInput();
    }
}
