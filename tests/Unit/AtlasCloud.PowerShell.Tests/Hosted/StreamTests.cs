using System.Management.Automation;

namespace AtlasCloud.PowerShell.Tests.Hosted;

public sealed class StreamTests
{
    [Fact]
    public void Log_messages_of_the_library_are_written_to_the_streams_of_the_command()
    {
        using Shell shell = new("""
            Invoke-Test -Probe $probe -Say one -Verbose
            Invoke-Test -Probe $probe -Say two -WarningAction SilentlyContinue
            $DebugPreference = 'Continue'
            Invoke-Test -Probe $probe -Say three
            """);

        shell.Script.Invoke();

        Assert.Equal(["one"], shell.Script.Streams.Verbose.Select(line => line.Message));
        Assert.Equal(["one", "three"], shell.Script.Streams.Warning.Select(line => line.Message));
        Assert.Equal(["three"], shell.Script.Streams.Debug.Select(line => line.Message));
    }

    [Fact]
    public void Debug_writes_all_messages_without_a_prompt()
    {
        using Shell shell = new("Invoke-Test -Probe $probe -Say hello -Debug -Number 3");

        Assert.Equal([3], shell.Numbers());
        Assert.Equal(["Warning: hello", "hello", "hello"], shell.Script.Streams.Debug.Select(line => line.Message));
    }

    [Fact]
    public void Long_command_shows_progress_and_removes_it_at_the_end()
    {
        using Shell shell = new("Invoke-Test -Probe $probe -Progress 60", isClockStopped: true);

        shell.Script.Invoke();

        ProgressRecord[] shown = [.. shell.Script.Streams.Progress];
        Assert.InRange(shown.Length, 4, 14);
        Assert.All(shown.Where(record => record.ActivityId != 0), record => Assert.Equal(0, record.ParentActivityId));
        Assert.Equal([1, 0], shown.Where(record => record.RecordType == ProgressRecordType.Completed).Select(record => record.ActivityId));
    }

    [Fact]
    public void Short_command_shows_no_progress()
    {
        using Shell shell = new("Invoke-Test -Probe $probe -Progress 5", isClockStopped: true);

        shell.Script.Invoke();

        Assert.Empty(shell.Script.Streams.Progress);
    }

    [Fact]
    public void IsFromCommandLine_is_false_for_parameters_bound_from_the_pipeline()
    {
        using Shell shell = new("""
            Invoke-Test -Probe $probe -Label x
            [pscustomobject]@{ Label = 'x' } | Invoke-Test -Probe $probe
            """);

        Assert.Equal([true, false], shell.Script.Invoke().Select(item => item.BaseObject));
    }
}
