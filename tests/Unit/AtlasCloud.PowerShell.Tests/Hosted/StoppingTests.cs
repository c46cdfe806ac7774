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
    public async Task Ctrl_C_ends_a_pipeline_immediately_and_leaves_no_task()
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
    public async Task Ctrl_C_waits_for_work_that_ignores_it_until_the_grace_period_ends()
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
    public async Task Submit_in_flight_receives_its_response_after_Ctrl_C()
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
    public async Task Submit_without_a_response_is_canceled_before_the_grace_period_ends()
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
    public async Task Ctrl_C_ends_a_command_within_a_second(string script, int least, int most)
    {
        using Shell shell = new(script);
        long start = Stopwatch.GetTimestamp();
        Task stopped = await StopOnceBegunAsync(shell);
        await stopped.WaitAsync(Probe.Hang);

        Assert.InRange(Stopwatch.GetElapsedTime(start).TotalMilliseconds, least, most);
        shell.Probe.Released.SetResult();
    }

    [Fact]
    public void Select_First_downstream_ends_every_stage_and_leaves_no_task()
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
    public void Statements_after_a_pipeline_that_Select_First_ended_still_run()
    {
        using Shell shell = new("(Read-Test -Probe $probe | Select-Object -First 2); 7..8 | Start-Test -Probe $probe");

        Assert.Equal([0, 1, 7, 8], shell.Numbers());
    }

    [Fact]
    public void Exception_downstream_ends_the_upstream_stages()
    {
        using Shell shell = new(LongBelt.Replace(" -HoldFrom 1", "", StringComparison.Ordinal) + " | ForEach-Object { throw 'no more' }");

        Assert.Equal("no more", shell.Failure().Exception.Message);
        Assert.Equal(0, shell.Probe.Now);
        Assert.Contains("StartTestCommand is disposed of", shell.Probe.Steps);
        Assert.DoesNotContain("StartTestCommand ends", shell.Probe.Steps);
    }

    [Fact]
    public void ErrorAction_Stop_ends_the_command_with_the_error()
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
            catch (RuntimeException exception) when (exception is PipelineStoppedException or ActionPreferenceStopException)
            {
                // The pipeline was stopped, or ended by -WarningAction Stop just before.
            }
        });
    }
}
