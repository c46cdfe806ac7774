using System.Management.Automation;

namespace AtlasCloud.PowerShell.Tests.Hosted;

public sealed class OverlapTests
{
    [Fact]
    public void Stages_of_a_pipeline_overlap()
    {
        // The first stage cannot finish before the second one works on what the first has finished.
        using Shell shell = new("1..20 | Start-Test -Probe $probe -HoldFrom 2 -ThrottleLimit 20 | Wait-Test -Probe $probe -Release");

        Assert.Equal(Enumerable.Range(1, 20), shell.Numbers().Order());

        Assert.Equal(0, shell.Probe.Now);
    }

    [Fact]
    public void Items_of_one_stage_are_processed_concurrently()
    {
        using Shell shell = new("1..20 | Start-Test -Probe $probe -ThrottleLimit 20 -Meet 20 | Wait-Test -Probe $probe -Meet 20");

        Assert.Equal(Enumerable.Range(1, 20), shell.Numbers().Order());

        Assert.InRange(shell.Probe.Most, 20, 40);
        Assert.Equal(0, shell.Probe.Now);
    }

    [Fact]
    public void Submits_respect_the_limit_and_the_order_of_the_input()
    {
        using Shell shell = new("1..21 | Start-Test -Probe $probe -Meet 3 -ThrottleLimit 3");

        Assert.Equal(Enumerable.Range(1, 21), shell.Numbers());
        Assert.Equal(3, shell.Probe.Most);
    }

    [Fact]
    public void Completed_item_reaches_the_next_stage_while_others_are_in_flight()
    {
        // The input does not end before the first item has come through, or thousands have not brought it.
        using Shell shell = new("""
            & { for ($n = 1; $n -le 50000 -and -not $probe.Has('1 came'); $n++) { $n } } |
                Start-Test -Probe $probe |
                ForEach-Object { $probe.Note("$_ came"); $_ } |
                Wait-Test -Probe $probe
            """);

        shell.Numbers();

        Assert.True(shell.Probe.Steps.IndexOf("1 came") < shell.Probe.Steps.IndexOf("StartTestCommand ends"));
    }

    [Fact]
    public void Sequence_can_be_left_at_any_item()
    {
        foreach (int readAhead in (int[])[0, 16])
        {
            using Shell shell = new($"Read-Test -Probe $probe -ReadAhead {readAhead} | Select-Object -First 3");

            Assert.Equal([0, 1, 2], shell.Numbers());
            Assert.Contains("source is closed", shell.Probe.Steps);
            Assert.Equal(0, shell.Probe.Now);
            Assert.Equal(PSInvocationState.Completed, shell.Script.InvocationStateInfo.State);
        }
    }
}
