using System.Diagnostics;
using System.Management.Automation;
using AtlasCloud.PowerShell.Pipeline;

namespace AtlasCloud.PowerShell.Tests.Hosted;

public sealed class StoppingTests
{
    private const string LongBelt =
        "1..50 | Start-Test -Probe $probe -ThrottleLimit 9 | Wait-Test -Probe $probe -HoldFrom 1";

    // The clock stands still: what ends, ends because it hears of the stop, and not because the grace is over.
    [Fact]
    public async Task Ctrl_C_ends_a_pipeline_at_once_and_leaves_no_task()
    {
        using Shell shell = new(LongBelt, isClockStopped: true);

        await (await StopOnceBegunAsync(shell)).WaitAsync(Probe.Hang);

        Assert.Equal(0, shell.Probe.Now);
        Assert.Equal(PSInvocationState.Stopped, shell.Script.InvocationStateInfo.State);
        Assert.Empty(shell.Errors);
        Assert.Contains("StartTestCommand is disposed of", shell.Probe.Steps);
        Assert.Contains("WaitTestCommand is disposed of", shell.Probe.Steps);
    }

    [Fact]
    public async Task Ctrl_C_waits_for_work_that_ignores_it_until_the_grace_is_over()
    {
        using Shell shell = new("Invoke-Test -Probe $probe -Deaf -HoldFrom 0", isClockStopped: true);

        Task stopped = await StopOnceBegunAsync(shell);
        await shell.Probe.Stopping.Task.WaitAsync(Probe.Hang);
        shell.Clock!.Advance(PipelinePump.DefaultGrace - TimeSpan.FromMilliseconds(1));
        Assert.False(stopped.IsCompleted);

        shell.Clock.Advance(TimeSpan.FromMilliseconds(1));
        await stopped.WaitAsync(Probe.Hang);
        Assert.Equal(1, shell.Probe.Now);
        Assert.Empty(shell.Errors);
        shell.Probe.Released.SetResult();
    }

    [Fact]
    public async Task A_submit_on_the_wire_gets_its_answer_after_Ctrl_C()
    {
        using Shell shell = new("Invoke-Test -Probe $probe -Number 5 -Submit -HoldFrom 0", isClockStopped: true);

        Task stopped = await StopOnceBegunAsync(shell);
        await shell.Probe.Stopping.Task.WaitAsync(Probe.Hang);
        Assert.False(stopped.IsCompleted);
        shell.Probe.Released.SetResult();

        await stopped.WaitAsync(Probe.Hang);
        Assert.Contains("5 is done", shell.Probe.Steps);
    }

    [Fact]
    public async Task A_submit_without_an_answer_is_given_up_before_the_grace_is_over()
    {
        using Shell shell = new("Invoke-Test -Probe $probe -Number 5 -Submit -HoldFrom 0", isClockStopped: true);

        Task stopped = await StopOnceBegunAsync(shell);
        await shell.Probe.Stopping.Task.WaitAsync(Probe.Hang);
        shell.Clock!.Advance(TimeSpan.FromMilliseconds(700));

        await stopped.WaitAsync(Probe.Hang);
        Assert.Equal(0, shell.Probe.Now);
        Assert.DoesNotContain("5 is done", shell.Probe.Steps);
    }

    [Theory]
    [Trait("Category", "Slow")]
    [InlineData(LongBelt, 0, 800)]
    [InlineData("Invoke-Test -Probe $probe -Deaf -HoldFrom 0", 800, 1200)]
    [InlineData("Invoke-Test -Probe $probe -Number 5 -Submit -HoldFrom 0", 600, 1000)]
    [InlineData("Invoke-Test -Probe $probe -Say careful -HoldFrom 0 -WarningAction Stop", 0, 900)]
    public async Task Ctrl_C_ends_a_command_within_the_second(string script, int least, int most)
    {
        using Shell shell = new(script);
        long start = Stopwatch.GetTimestamp();
        Task stopped = await StopOnceBegunAsync(shell);
        await stopped.WaitAsync(Probe.Hang);

        Assert.InRange(Stopwatch.GetElapsedTime(start).TotalMilliseconds, least, most);
        shell.Probe.Released.SetResult();
    }

    [Fact]
    public void Enough_items_downstream_end_every_stage_and_leave_no_task()
    {
        using Shell shell = new("""
            1..50 | Start-Test -Probe $probe | Wait-Test -Probe $probe | Select-Object -First 3
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
        using Shell shell = new(LongBelt.Replace(" -HoldFrom 1", "", StringComparison.Ordinal) + " | ForEach-Object { throw 'no more' }");

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
        using Shell shell = new("Invoke-Test -Probe $probe -Say careful -HoldFrom 0 -WarningAction Stop", isClockStopped: true);

        Assert.Contains("careful", shell.Failure().Exception.Message, StringComparison.Ordinal);
        Assert.Equal(0, shell.Probe.Now);
    }

    // Returns once work is under way and the stop was asked for; the task ends when the pipeline has.
    private static async Task<Task> StopOnceBegunAsync(Shell shell)
    {
        IAsyncResult running = shell.Script.BeginInvoke();
        await Task.Run(() => Assert.True(shell.Probe.Begun.Wait(Probe.Hang)));
        return Task.Run(() =>
        {
            shell.Script.Stop();
            try
            {
                shell.Script.EndInvoke(running);
            }
            catch (PipelineStoppedException)
            {
                // What a stopped pipeline tells who waits for it.
            }
        });
    }
}
