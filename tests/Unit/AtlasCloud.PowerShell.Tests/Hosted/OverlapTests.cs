using System.Diagnostics;
using System.Management.Automation;
using Xunit;

namespace AtlasCloud.PowerShell.Tests.Hosted;

public sealed class OverlapTests
{
    [Fact]
    public void Stages_overlap()
    {
        using Shell shell = new("1..20 | Start-Test -Probe $probe -Milliseconds 40 -ThrottleLimit 20 | Wait-Test -Probe $probe -Milliseconds 40");
        Stopwatch time = Stopwatch.StartNew();

        Assert.Equal(Enumerable.Range(1, 20), shell.Numbers().Order());

        Assert.InRange(shell.Probe.Most, 10, 40);
        Assert.InRange(time.ElapsedMilliseconds, 80, 20 * 40 * 2 - 100);
        Assert.Equal(0, shell.Probe.Now);
    }

    [Fact]
    public void Submits_keep_to_the_limit_and_to_the_order_of_input()
    {
        using Shell shell = new("1..20 | Start-Test -Probe $probe -Milliseconds 5 -ThrottleLimit 3");

        Assert.Equal(Enumerable.Range(1, 20), shell.Numbers());
        Assert.InRange(shell.Probe.Most, 2, 3);
    }

    [Fact]
    public void A_finished_item_reaches_the_next_stage_while_others_are_under_way()
    {
        using Shell shell = new("""
            1..6 | ForEach-Object { if ($_ -gt 1) { Start-Sleep -Milliseconds 30 }; $_ } |
                Start-Test -Probe $probe -Milliseconds 1 |
                ForEach-Object { $probe.Note("$_ came"); $_ } |
                Wait-Test -Probe $probe
            """);

        shell.Numbers();

        Assert.True(shell.Probe.Steps.IndexOf("1 came") < shell.Probe.Steps.IndexOf("StartTestCommand ends"));
    }

    [Fact]
    public void A_sequence_can_be_left_at_any_item()
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
