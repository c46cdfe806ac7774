namespace AtlasCloud.Soak.Tests;

public sealed class SoakTests : IDisposable
{
    private const int LongJobs = 3000;

    private readonly string _folder = Directory.CreateTempSubdirectory("soak-").FullName;
    private readonly StringWriter _output = new();

    public void Dispose()
    {
        Directory.Delete(_folder, recursive: true);
        _output.Dispose();
    }

    [Fact]
    public async Task No_task_is_duplicated_or_lost_under_faults_and_kills()
    {
        SoakReport report = await RunAsync(new SoakSettings { Jobs = 100, Seed = 1, Kills = 3, Speed = 60, Lies = 0 });

        Assert.True(report is { Kills: >= 1, FaultKinds: >= 20, Lies: 0 } && report.Tasks >= report.Jobs * 0.9, _output.ToString());
    }

    [Fact]
    public async Task No_task_is_duplicated_lost_or_written_off_under_lies()
    {
        SoakReport report = await RunAsync(new SoakSettings { Jobs = 100, Seed = 1, Kills = 2, Speed = 40, Lies = 0.2 });

        Assert.True(report is { LieKinds: >= 25, TasksWithLies: >= 25 }, _output.ToString());
    }

    [Theory]
    [InlineData("--jobs 20 --seed 7 --kills 2 --rate 0.5 --speed 10 --lies 0.4 --only history-*")]
    [InlineData("--only clock,second-key,history-*")]
    [InlineData("")]
    public void Valid_command_line_is_parsed(string line) =>
        Assert.NotNull(SoakSettings.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)));

    [Theory]
    [InlineData("--jobs")]
    [InlineData("--jobs many")]
    [InlineData("--jobs 0")]
    [InlineData("--rate 2")]
    [InlineData("--lies 2")]
    [InlineData("--rate 0.6 --lies 0.4")]
    [InlineData("--only histry-*")]
    [InlineData("--only clock,histry-*")]
    [InlineData("--speed 0.5")]
    [InlineData("--sped 5")]
    public void Invalid_command_line_is_rejected(string line) => Assert.Null(SoakSettings.Parse(line.Split(' ')));

    [Fact]
    public void Worker_settings_round_trip_through_arguments()
    {
        WorkerSettings settings = new(
            new Uri("http://127.0.0.1:5/"), _folder, 7, IsCollectOnly: true, 3, new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero), 2.5, TimeSpan.FromMinutes(4));

        Assert.Equal(settings, WorkerSettings.Parse([.. settings.ToArguments()]));
    }

    [Fact]
    public void Accelerated_clock_runs_at_its_factor_and_can_be_advanced()
    {
        HurriedClock clock = new(TimeProvider.System.GetUtcNow() - TimeSpan.FromSeconds(10), 60, TimeSpan.FromHours(1));

        clock.Advance(TimeSpan.FromHours(1));

        Assert.InRange(clock.GetUtcNow() - clock.Start, new TimeSpan(2, 10, 0), new TimeSpan(2, 30, 0));
    }

    /// <summary>Runs the soak, or a longer form of it, and requires that it passes.</summary>
    private async Task<SoakReport> RunAsync(SoakSettings settings)
    {
        bool isLong = Environment.GetEnvironmentVariable("ATLASCLOUD_TEST_LONG") == "1";
        settings = isLong ? settings with { Jobs = LongJobs, Kills = null, Speed = 20 } : settings;

        SoakReport report = await new SoakRun(settings, _output).RunAsync(_folder, CancellationToken.None);

        report.Write(_output, withFaults: true);
        Assert.True(report.Violations.Count == 0, _output.ToString());
        return report;
    }
}
