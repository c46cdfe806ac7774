using System.Diagnostics;
using AtlasCloud.Storage;

namespace AtlasCloud.Tests.Storage;

public sealed class RunningProcessTests
{
    [Fact]
    public async Task Process_is_running_until_it_ends()
    {
        using Process other = TestProgram.StartSleeper();
        string? start = RunningProcess.GetStart(other.Id);

        Assert.NotNull(start);
        Assert.True(RunningProcess.IsRunning(other.Id));
        Assert.True(RunningProcess.IsRunning(other.Id, start));

        other.Kill();
        await other.WaitForExitAsync();
        Assert.False(RunningProcess.IsRunning(other.Id));
    }

    [Fact]
    public void Process_with_another_start_is_a_later_one_with_the_same_ID()
    {
        Assert.True(RunningProcess.IsRunning(Environment.ProcessId, RunningProcess.GetStart(Environment.ProcessId)));
        Assert.False(RunningProcess.IsRunning(Environment.ProcessId, "12"));
    }

    // The first process of Linux and macOS, and the kernel's process of Windows, belong to other users.
    [Fact]
    public void Process_of_the_system_is_running_whoever_asks()
    {
        int system = OperatingSystem.IsWindows() ? 4 : 1;
        Assert.SkipUnless(Process.GetProcesses().Any(p => p.Id == system), "Wine has no such process.");

        Assert.True(RunningProcess.IsRunning(system));
    }
}
