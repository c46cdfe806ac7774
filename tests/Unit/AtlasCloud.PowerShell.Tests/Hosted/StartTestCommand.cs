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

    /// <summary>The number that fails.</summary>
    [Parameter]
    public int Fails { get; set; } = -1;

    /// <summary>What it fails with.</summary>
    [Parameter]
    public string Kind { get; set; } = nameof(AtlasCloudErrorKind.PredictionFailed);

    protected override void BeginInput()
    {
        base.BeginInput();
        _work = new PipelineWork<int, int>(Pump, ThrottleLimit, inOrder: true);
    }

    protected override void ProcessInput()
    {
        int number = Number;
        _work!.Add(number, async stopping =>
        {
            int result = await WorkAsync(number, stopping);
            return result == Fails ? throw new AtlasCloudException(Enum.Parse<AtlasCloudErrorKind>(Kind), $"{number} failed.") : result;
        });
        DrainCompleted(_work, (_, result) => WriteObject(result));
    }

    protected override void EndInput()
    {
        DrainAll(_work!, (_, result) => WriteObject(result));
        base.EndInput();
    }
}
