using AtlasCloud.Predictions;

namespace AtlasCloud.Tests;

public sealed class PollScheduleTests
{
    [Theory]
    [InlineData(ModelKind.Image, 1, 2)]
    [InlineData(ModelKind.Speech, 2.7, 3.3)]
    [InlineData(ModelKind.Video, 4.5, 5.5)]
    [InlineData(ModelKind.ThreeD, 4.5, 5.5)]
    [InlineData(ModelKind.Unknown, 1.8, 2.2)]
    public void First_interval_depends_on_the_kind(ModelKind kind, double min, double max)
    {
        foreach (double random in (double[])[0, 0.5, 0.999])
        {
            Assert.InRange(PollSchedule.Interval(kind, TimeSpan.Zero, null, random).TotalSeconds, min, max);
        }
    }

    [Fact]
    public void Interval_grows_with_age_up_to_15_seconds()
    {
        double[] seconds = [.. new[] { 0, 30, 120, 600, 36_000 }.Select(age => PollSchedule.Interval(ModelKind.Video, TimeSpan.FromSeconds(age), null, 0.5).TotalSeconds)];

        Assert.Equal(seconds.Order(), seconds);
        Assert.Equal(15, seconds[^1]);
    }

    [Fact]
    public void Explicit_interval_does_not_grow() =>
        Assert.Equal(TimeSpan.FromSeconds(40), PollSchedule.Interval(ModelKind.Video, TimeSpan.FromHours(1), TimeSpan.FromSeconds(40), 0.5));

    [Theory]
    [InlineData(0.01, 0.1)]
    [InlineData(2, 1)]
    [InlineData(7, 3.5)]
    [InlineData(500, 3.6)]
    public void First_interval_follows_the_average_run_time_up_to_three_times_the_default(double average, double first) =>
        Assert.Equal(first, PollSchedule.Interval(ModelKind.Image, TimeSpan.Zero, null, 0.5, TimeSpan.FromSeconds(average)).TotalSeconds, 6);

    [Theory]
    [InlineData(5, 1.44)]
    [InlineData(8, 1.44)]
    [InlineData(11.9, 1.44)]
    [InlineData(12.1, 2.168)]
    public void Interval_near_the_average_run_time_is_a_fraction_of_it(double age, double seconds) =>
        Assert.Equal(seconds, PollSchedule.Interval(ModelKind.Image, TimeSpan.FromSeconds(age), null, 0.5, TimeSpan.FromSeconds(8)).TotalSeconds, 6);

    [Fact]
    public void Interval_grows_with_age_while_a_long_average_run_time_has_not_passed() =>
        Assert.Equal(9.2, PollSchedule.Interval(ModelKind.Image, TimeSpan.FromSeconds(100), null, 0.5, TimeSpan.FromMinutes(20)).TotalSeconds, 6);

    [Fact]
    public void Explicit_interval_overrides_the_average_run_time() =>
        Assert.Equal(TimeSpan.FromSeconds(3), PollSchedule.Interval(ModelKind.Image, TimeSpan.Zero, TimeSpan.FromSeconds(3), 0.5, TimeSpan.FromSeconds(1)));

    [Theory]
    [InlineData(ModelKind.Image, 5)]
    [InlineData(ModelKind.Music, 10)]
    [InlineData(ModelKind.Transcription, 10)]
    [InlineData(ModelKind.Video, 30)]
    [InlineData(ModelKind.ThreeD, 30)]
    [InlineData(ModelKind.Unknown, 30)]
    public void Timeout_depends_on_the_kind(ModelKind kind, int minutes) =>
        Assert.Equal(TimeSpan.FromMinutes(minutes), PollSchedule.Limit(kind, null));

    [Fact]
    public void Explicit_timeout_overrides_the_default() => Assert.Equal(TimeSpan.FromSeconds(9), PollSchedule.Limit(ModelKind.Video, TimeSpan.FromSeconds(9)));
}
