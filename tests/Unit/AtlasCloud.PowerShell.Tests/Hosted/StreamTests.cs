using System.Management.Automation;

namespace AtlasCloud.PowerShell.Tests.Hosted;

public sealed class StreamTests
{
    [Fact]
    public void What_the_core_says_comes_out_of_the_streams_of_its_command()
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
    public void Debug_asks_nothing_and_shows_everything()
    {
        using Shell shell = new("Invoke-Test -Probe $probe -Say hello -Debug -Number 3");

        Assert.Equal([3], shell.Numbers());
        Assert.Equal(["Warning: hello", "hello", "hello"], shell.Script.Streams.Debug.Select(line => line.Message));
    }

    [Fact]
    public void What_takes_long_shows_a_few_bars_that_go_at_the_end()
    {
        using Shell shell = new("Invoke-Test -Probe $probe -Progress 60", isClockStopped: true);

        shell.Script.Invoke();

        ProgressRecord[] shown = [.. shell.Script.Streams.Progress];
        Assert.InRange(shown.Length, 4, 14);
        Assert.All(shown.Where(record => record.ActivityId != 0), record => Assert.Equal(0, record.ParentActivityId));
        Assert.Equal([1, 0], shown.Where(record => record.RecordType == ProgressRecordType.Completed).Select(record => record.ActivityId));
    }

    [Fact]
    public void What_is_quick_shows_none()
    {
        using Shell shell = new("Invoke-Test -Probe $probe -Progress 5", isClockStopped: true);

        shell.Script.Invoke();

        Assert.Empty(shell.Script.Streams.Progress);
    }

    [Fact]
    public void A_parameter_of_the_command_line_is_told_from_one_of_the_pipeline()
    {
        using Shell shell = new("""
            Invoke-Test -Probe $probe -Label x
            [pscustomobject]@{ Label = 'x' } | Invoke-Test -Probe $probe
            """);

        Assert.Equal([true, false], shell.Script.Invoke().Select(item => item.BaseObject));
    }
}
