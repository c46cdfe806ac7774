using System.Management.Automation;
using AtlasCloud.PowerShell.Pipeline;

namespace AtlasCloud.PowerShell.Tests.Hosted;

/// <summary>Submits each number, several at a time, and writes them in the order they came.</summary>
[Cmdlet(VerbsLifecycle.Start, "Test")]
internal sealed class StartTestCommand : TestCommand
{
    private PipelineWork<int, int>? _work;

    [Parameter]
    public int ThrottleLimit { get; set; } = 8;

    protected override void BeginInput()
    {
        base.BeginInput();
        _work = new PipelineWork<int, int>(Pump, ThrottleLimit, inOrder: true);
    }

    protected override void ProcessInput()
    {
        int number = Number;
        _work!.Add(number, stopping => WorkAsync(number, stopping));
        Write(_work.TakeFinished());
    }

    protected override void EndInput()
    {
        Write(_work!.TakeAll());
        base.EndInput();
    }

    private void Write(IEnumerable<PipelineResult<int, int>> results) => ForEach(results, result => WriteObject(result.Value));
}
