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
    [InlineData(500, 4.8)]
    public void First_interval_follows_the_average_run_time_up_to_four_times_the_default(double average, double first) =>
        Assert.Equal(first, PollSchedule.Interval(ModelKind.Image, TimeSpan.Zero, null, 0.5, TimeSpan.FromSeconds(average)).TotalSeconds, 6);

    [Theory]
    [InlineData(5, 0.96)]
    [InlineData(8, 0.96)]
    [InlineData(11.9, 0.96)]
    [InlineData(12.1, 2.168)]
    public void Interval_near_the_average_run_time_is_a_fraction_of_it(double age, double seconds) =>
        Assert.Equal(seconds, PollSchedule.Interval(ModelKind.Image, TimeSpan.FromSeconds(age), null, 0.5, TimeSpan.FromSeconds(8)).TotalSeconds, 6);

    [Fact]
    public void Interval_grows_with_age_while_a_long_average_run_time_has_not_passed() =>
        Assert.Equal(9.2, PollSchedule.Interval(ModelKind.Image, TimeSpan.FromSeconds(100), null, 0.5, TimeSpan.FromMinutes(20)).TotalSeconds, 6);

    [Theory]
    [InlineData(ModelKind.Image, 0, 1.8)]
    [InlineData(ModelKind.Image, 1.8, 0.396)]
    [InlineData(ModelKind.Speech, 0, 3)]
    [InlineData(ModelKind.Speech, 2.7, 6.3)]
    [InlineData(ModelKind.Video, 0, 5)]
    [InlineData(ModelKind.Video, 5.5, 21.5)]
    [InlineData(ModelKind.Video, 27, 5.94)]
    [InlineData(ModelKind.ThreeD, 5, 103)]
    [InlineData(ModelKind.ThreeD, 300, 20)]
    [InlineData(ModelKind.Music, 0, 3)]
    [InlineData(ModelKind.Unknown, 0, 2)]
    public void Interval_since_the_submit_follows_the_documented_run_times_of_the_kind_without_an_average(ModelKind kind, double age, double seconds) =>
        Assert.Equal(seconds, PollSchedule.Interval(kind, TimeSpan.FromSeconds(age), null, 0.5, isRunTime: true).TotalSeconds, 6);

    [Theory]
    [InlineData(1200.0, 0, 0, 6)]
    [InlineData(1200.0, 500, 1, 60)]
    [InlineData(1200.0, 590, 1, 22)]
    [InlineData(20.0, 0, 0.5, 11.2)]
    [InlineData(20.0, 10, 0.5, 2.4)]
    [InlineData(20.0, 40, 0.5, 4.4)]
    [InlineData(null, 500, 1, 60)]
    public void Interval_of_many_ends_when_the_first_may_have_finished_or_after_a_minute(double? average, double age, double random, double seconds) =>
        Assert.Equal(seconds, PollSchedule.IntervalOfMany(ModelKind.Image, TimeSpan.FromSeconds(age), random, average is double known ? TimeSpan.FromSeconds(known) : null).TotalSeconds, 6);

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
