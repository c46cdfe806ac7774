using System.Diagnostics;
using System.Management.Automation;
using Xunit;

namespace AtlasCloud.PowerShell.Tests.Hosted;

public sealed class StoppingTests
{
    private const string LongBelt =
        "1..50 | Start-Test -Probe $probe -Milliseconds 5 -ThrottleLimit 9 | Wait-Test -Probe $probe -Milliseconds 60000";

    [Fact]
    public void Ctrl_C_ends_a_pipeline_at_once_and_leaves_no_task()
    {
        using Shell shell = new(LongBelt);

        Assert.InRange(StopOnceBegun(shell), 0, 800);

        Assert.Equal(0, shell.Probe.Now);
        Assert.Equal(PSInvocationState.Stopped, shell.Script.InvocationStateInfo.State);
        Assert.Empty(shell.Errors);
        Assert.Contains("StartTestCommand is disposed of", shell.Probe.Steps);
        Assert.Contains("WaitTestCommand is disposed of", shell.Probe.Steps);
    }

    [Fact]
    public void Ctrl_C_does_not_wait_for_work_that_ignores_it()
    {
        using Shell shell = new("Invoke-Test -Probe $probe -Deaf -Milliseconds 3000");

        Assert.InRange(StopOnceBegun(shell), 800, 1200);
        Assert.Empty(shell.Errors);
    }

    [Fact]
    public void A_submit_on_the_wire_gets_its_answer_after_Ctrl_C()
    {
        using Shell shell = new("Invoke-Test -Probe $probe -Number 5 -Submit -Milliseconds 400");

        Assert.InRange(StopOnceBegun(shell), 200, 800);
        Assert.Contains("5 is done", shell.Probe.Steps);
    }

    [Fact]
    public void A_submit_without_an_answer_is_given_up_within_the_second()
    {
        using Shell shell = new("Invoke-Test -Probe $probe -Number 5 -Submit -Milliseconds 60000");

        Assert.InRange(StopOnceBegun(shell), 600, 1000);
        Assert.Equal(0, shell.Probe.Now);
    }

    [Fact]
    public void Enough_items_downstream_end_every_stage_and_leave_no_task()
    {
        using Shell shell = new("""
            1..50 | Start-Test -Probe $probe -Milliseconds 1 | Wait-Test -Probe $probe -Milliseconds 1 | Select-Object -First 3
            """);

        Assert.Equal(3, shell.Numbers().Length);
        Assert.Equal(0, shell.Probe.Now);
        Assert.Contains("StartTestCommand is disposed of", shell.Probe.Steps);
        Assert.Contains("WaitTestCommand is disposed of", shell.Probe.Steps);
    }

    [Fact]
    public void What_comes_after_the_items_that_were_enough_still_runs()
    {
        using Shell shell = new("(Read-Test -Probe $probe | Select-Object -First 2); 7..8 | Start-Test -Probe $probe");

        Assert.Equal([0, 1, 7, 8], shell.Numbers());
    }

    [Fact]
    public void An_exception_downstream_ends_the_stages_before_it()
    {
        using Shell shell = new(LongBelt.Replace("60000", "1", StringComparison.Ordinal) + " | ForEach-Object { throw 'no more' }");

        Assert.Equal("no more", shell.Failure().Exception.Message);
        Assert.Equal(0, shell.Probe.Now);
        Assert.Contains("StartTestCommand is disposed of", shell.Probe.Steps);
        Assert.DoesNotContain("StartTestCommand ends", shell.Probe.Steps);
    }

    [Fact]
    public void ErrorAction_Stop_in_the_middle_ends_the_command_with_that_error()
    {
        using Shell shell = new("2..9 | Invoke-Test -Probe $probe -Kind RateLimited -ErrorAction Stop");

        Assert.Equal("RateLimited,AtlasCloud.PowerShell.Tests.Hosted.InvokeTestCommand", shell.Failure().FullyQualifiedErrorId);
        Assert.Equal(1, shell.Probe.All);
    }

    [Fact]
    public void WarningAction_Stop_ends_the_work_that_warned()
    {
        using Shell shell = new("Invoke-Test -Probe $probe -Say careful -Milliseconds 60000 -WarningAction Stop");
        Stopwatch time = Stopwatch.StartNew();

        Assert.Contains("careful", shell.Failure().Exception.Message, StringComparison.Ordinal);

        Assert.InRange(time.ElapsedMilliseconds, 0, 900);
        Assert.Equal(0, shell.Probe.Now);
    }

    private static long StopOnceBegun(Shell shell)
    {
        IAsyncResult running = shell.Script.BeginInvoke();
        Assert.True(shell.Probe.Begun.Wait(TimeSpan.FromSeconds(20)));
        Stopwatch time = Stopwatch.StartNew();
        shell.Script.Stop();
        try
        {
            shell.Script.EndInvoke(running);
        }
        catch (PipelineStoppedException)
        {
            // What a stopped pipeline tells who waits for it.
        }

        return time.ElapsedMilliseconds;
    }
}
