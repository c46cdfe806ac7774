namespace AtlasCloud.Soak.Tests;

public sealed class SoakTests : IDisposable
{
    private const int LongJobs = 3000;

    private readonly string _folder = Directory.CreateTempSubdirectory("soak-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Under_all_faults_and_killed_again_and_again_nothing_is_paid_twice_and_nothing_is_lost()
    {
        bool isLong = Environment.GetEnvironmentVariable("ATLASCLOUD_TEST_LONG") == "1";
        SoakSettings settings = isLong
            ? new SoakSettings { Jobs = LongJobs, Seed = 1 }
            : new SoakSettings { Jobs = 100, Seed = 1, Kills = 3, Speed = 60 };
        using StringWriter said = new();

        SoakReport report = await new SoakRun(settings, said).RunAsync(_folder, CancellationToken.None);

        report.Write(said, withFaults: true);
        Assert.True(report.Violations.Count == 0, said.ToString());
        Assert.True(report is { Kills: >= 1, FaultKinds: >= 20 } && report.Tasks >= settings.Jobs * 0.9, said.ToString());
    }

    [Theory]
    [InlineData("--jobs 20 --seed 7 --kills 2 --rate 0.5 --speed 10")]
    [InlineData("")]
    public void The_command_line_is_understood(string line) =>
        Assert.NotNull(SoakSettings.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)));

    [Theory]
    [InlineData("--jobs")]
    [InlineData("--jobs many")]
    [InlineData("--jobs 0")]
    [InlineData("--rate 2")]
    [InlineData("--speed 0.5")]
    [InlineData("--sped 5")]
    public void A_command_line_that_makes_no_sense_is_refused(string line) => Assert.Null(SoakSettings.Parse(line.Split(' ')));

    [Fact]
    public void A_worker_understands_what_it_is_told()
    {
        WorkerSettings settings = new(
            new Uri("http://127.0.0.1:5/"), _folder, 7, IsCollectOnly: true, 3, new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero), 2.5, TimeSpan.FromMinutes(4));

        Assert.Equal(settings, WorkerSettings.Parse([.. settings.ToArguments()]));
    }

    [Fact]
    public void A_hurried_clock_is_ahead_by_its_factor_and_by_what_it_was_set_forward()
    {
        HurriedClock clock = new(TimeProvider.System.GetUtcNow() - TimeSpan.FromSeconds(10), 60, TimeSpan.FromHours(1));

        clock.Advance(TimeSpan.FromHours(1));

        Assert.InRange(clock.GetUtcNow() - clock.Start, new TimeSpan(2, 10, 0), new TimeSpan(2, 30, 0));
    }
}
