using System.Management.Automation;
using Microsoft.Extensions.Time.Testing;

namespace AtlasCloud.PowerShell.Tests.Hosted;

/// <summary>Does one thing per number, as the test asks.</summary>
[Cmdlet(VerbsLifecycle.Invoke, "Test")]
internal sealed class InvokeTestCommand : TestCommand
{
    /// <summary>The error kind that odd numbers fail with.</summary>
    [Parameter]
    public string? Kind { get; set; }

    /// <summary>Says this as a warning from the work.</summary>
    [Parameter]
    public string? Say { get; set; }

    /// <summary>Ignores cancellation.</summary>
    [Parameter]
    public SwitchParameter Deaf { get; set; }

    /// <summary>Waits for the grace like a submit.</summary>
    [Parameter]
    public SwitchParameter Submit { get; set; }

    /// <summary>Fails outside of ForEach.</summary>
    [Parameter]
    public SwitchParameter Unguarded { get; set; }

    [Parameter(ValueFromPipelineByPropertyName = true)]
    public string? Label { get; set; }

    /// <summary>Throws on the pipeline thread while the work goes on.</summary>
    [Parameter]
    public SwitchParameter FailsInNotice { get; set; }

    [Parameter]
    public int Progress { get; set; }

    protected override void ProcessInput()
    {
        if (Label is not null)
        {
            WriteObject(IsFromCommandLine(nameof(Label)));
            return;
        }

        if (Unguarded)
        {
            One(Number);
        }
        else
        {
            ForEach([Number], One);
        }
    }

    private void One(int number)
    {
        int result = Run(async stopping =>
        {
            if (Say is not null)
            {
                AtlasCloudLog.Warning(Say);
                AtlasCloudLog.Verbose(Say);
                AtlasCloudLog.Debug(Say);
            }

            if (FailsInNotice)
            {
                Post(() => throw new InvalidTimeZoneException("The host cannot show this."));
                await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, stopping);
            }

            for (int i = 0; i < Progress; i++)
            {
                ReportProgress("Testing", "going", i / (double)Progress);
                ReportItemProgress("item", "One", "going");
                (Clock as FakeTimeProvider)?.Advance(TimeSpan.FromMilliseconds(20));
                await Task.Yield();
            }

            if (Kind is not null && number % 2 == 1)
            {
                throw Enum.TryParse(Kind, out AtlasCloudErrorKind kind)
                    ? new AtlasCloudException(kind, $"{number} failed.")
                    : (Exception)Activator.CreateInstance(Type.GetType(Kind)!)!;
            }

            using CancellationTokenRegistration heard = stopping.Register(() => Probe.Stopping.TrySetResult());
            return await WorkAsync(number, Deaf ? CancellationToken.None : Submit ? HardStopToken : stopping);
        });

        Probe.Note($"{result} is done");
        WriteObject(result);
    }
}
