using System.Globalization;
using AtlasCloud.Predictions;

namespace AtlasCloud.Tests;

public sealed class PollQueueTests
{
    private readonly FakeClock _clock = new() { SkipsDelays = false };
    private readonly Random _random = new(1);

    [Fact]
    public void Many_predictions_of_a_model_are_polled_rarely_while_scouts_are_polled_often()
    {
        PollQueue queue = Create(10_000, average: TimeSpan.FromMinutes(20));

        Dictionary<string, int> polls = Run(queue, TimeSpan.FromSeconds(20), _ => TimeSpan.MaxValue).Polls;

        Assert.InRange(polls.Values.Sum(), 2_000, 6_000);
        Assert.InRange(polls.Values.Count(n => n >= 3), PollQueue.Scouts, PollQueue.Scouts + 3);
    }

    [Theory]
    [InlineData(null)]
    [InlineData(5.0)]
    [InlineData(20.0)]
    [InlineData(1200.0)]
    public void Results_of_many_predictions_are_noticed_in_time_whatever_average_the_catalog_states(double? average)
    {
        PollQueue queue = Create(3_000, average is double known ? TimeSpan.FromSeconds(known) : null);

        (Dictionary<string, int> polls, double delay) = Run(queue, TimeSpan.FromMinutes(10), RunTime);

        Assert.Equal(3_000, polls.Count);
        Assert.InRange(delay, 0, 0.15);
        Assert.InRange(polls.Values.Average(), 1, 18);
        Assert.Equal(0, queue.Count);
    }

    [Fact]
    public void Few_predictions_are_polled_like_single_ones()
    {
        Dictionary<string, int> few = Run(Create(PollQueue.MaxFrequent, TimeSpan.FromMinutes(20)), TimeSpan.FromSeconds(20), _ => TimeSpan.MaxValue).Polls;

        Assert.All(few.Values, n => Assert.InRange(n, 3, 4));
    }

    [Fact]
    public void Many_predictions_are_polled_at_an_explicit_interval()
    {
        PollQueue queue = Create(1_000, TimeSpan.FromMinutes(20), requested: TimeSpan.FromSeconds(3));

        Assert.All(Run(queue, TimeSpan.FromSeconds(20), _ => TimeSpan.MaxValue).Polls.Values, n => Assert.InRange(n, 6, 7));
    }

    [Fact]
    public void Many_predictions_of_another_process_are_polled_like_single_ones()
    {
        PollQueue queue = new(_clock, _random, null);
        foreach (int number in Enumerable.Range(0, 1_000))
        {
            queue.Add(Watch(Some.Prediction($"p{number}") with { Model = "acme/paint", Kind = ModelKind.Video }), null);
        }

        Assert.All(Run(queue, TimeSpan.FromSeconds(20), _ => TimeSpan.MaxValue).Polls.Values, n => Assert.InRange(n, 3, 4));
    }

    [Fact]
    public void Measured_run_time_brings_polls_forward_and_never_postpones_them()
    {
        PollQueue queue = Create(1, TimeSpan.FromSeconds(40), kind: ModelKind.Video);
        WatchedPrediction first = queue.Dequeue();
        queue.Add(Watch(New("second", TimeSpan.FromSeconds(40), ModelKind.Video)), null);
        long planned = queue.NextDue!.Value;
        _clock.Advance(TimeSpan.FromSeconds(4));
        Succeed(first);
        queue.Remove(first);

        Assert.InRange(_clock.GetElapsedTime(_clock.GetTimestamp(), queue.NextDue!.Value), TimeSpan.FromSeconds(0.4), TimeSpan.FromSeconds(0.6));
        Assert.True(queue.NextDue < planned);

        planned = queue.NextDue.Value;
        WatchedPrediction slow = Watch(New("slow", TimeSpan.FromSeconds(40), ModelKind.Video));
        queue.Add(slow, TimeSpan.Zero);
        Assert.Same(slow, queue.Dequeue());
        _clock.Advance(TimeSpan.FromSeconds(0.1));
        Succeed(slow);
        queue.Remove(slow);
        Assert.True(queue.NextDue <= planned);
    }

    [Fact]
    public void Failed_prediction_does_not_count_as_a_run_time()
    {
        PollQueue queue = Create(2, TimeSpan.FromSeconds(40), kind: ModelKind.Video);
        WatchedPrediction failed = queue.Dequeue();
        long planned = queue.NextDue!.Value;
        failed.Update(failed.Prediction with { State = PredictionState.Failed }, null);
        queue.Remove(failed);

        Assert.Equal(planned, queue.NextDue);
    }

    [Theory]
    [InlineData(ModelKind.Video, null, null, 33)]
    [InlineData(ModelKind.Video, 60.0, null, 33)]
    [InlineData(ModelKind.Video, null, 8.0, 33)]
    [InlineData(ModelKind.Video, null, null, 6)]
    [InlineData(ModelKind.Image, null, null, 3)]
    [InlineData(ModelKind.ThreeD, null, null, 7200)]
    [InlineData(ModelKind.Unknown, 8.0, null, 5)]
    public void Prediction_that_was_submitted_before_its_first_poll_was_due_is_polled_at_once(ModelKind kind, double? average, double? requested, double age)
    {
        PollQueue queue = new(_clock, _random, requested is double interval ? TimeSpan.FromSeconds(interval) : null);
        Prediction prediction = New("late", average is double known ? TimeSpan.FromSeconds(known) : null, kind);
        _clock.Advance(TimeSpan.FromSeconds(age));

        queue.Add(Watch(prediction), null);

        Assert.Equal(_clock.GetTimestamp(), queue.NextDue);
    }

    [Fact]
    public void Prediction_that_was_submitted_a_moment_ago_is_polled_when_it_would_be_if_it_had_been_watched_since()
    {
        Prediction prediction = New("new", average: null, ModelKind.Video);
        long submitted = _clock.GetTimestamp();
        _clock.Advance(TimeSpan.FromSeconds(3));
        PollQueue queue = new(_clock, _random, null);

        queue.Add(Watch(prediction), null);

        Assert.InRange(_clock.GetElapsedTime(submitted, queue.NextDue!.Value).TotalSeconds, 4.5, 5.5);
    }

    [Theory]
    [InlineData(ModelKind.Image, null)]
    [InlineData(ModelKind.Image, 20.0)]
    [InlineData(ModelKind.Video, null)]
    [InlineData(ModelKind.Video, 20.0)]
    public void Late_watch_needs_no_more_polls_and_notices_results_as_early_as_a_watch_from_the_submit(ModelKind kind, double? average)
    {
        TimeSpan? known = average is double seconds ? TimeSpan.FromSeconds(seconds) : null;
        (Dictionary<string, int> polls, double delay) = Run(Create(100, known, kind: kind), TimeSpan.FromMinutes(5), RunTime);
        PollQueue late = new(_clock, _random, null);
        Prediction[] predictions = [.. Enumerable.Range(0, 100).Select(n => New($"p{n}", known, kind))];
        _clock.Advance(TimeSpan.FromSeconds(5.6));
        Array.ForEach(predictions, p => late.Add(Watch(p), null));
        (Dictionary<string, int> latePolls, double lateDelay) = Run(late, TimeSpan.FromMinutes(5), RunTime);

        Assert.Equal(100, latePolls.Count);
        Assert.InRange(latePolls.Values.Average(), 1, polls.Values.Average() + 0.5);
        Assert.InRange(lateDelay, 0, delay + 0.02);
    }

    private static TimeSpan RunTime(string id) => TimeSpan.FromSeconds(15 + (7 * Math.Abs(int.Parse(id[1..], CultureInfo.InvariantCulture) % 100 - 50) / 50.0));

    private static void Succeed(WatchedPrediction watched) =>
        watched.Update(watched.Prediction with { State = PredictionState.Succeeded, Price = 1 }, null);

    private PollQueue Create(int count, TimeSpan? average, TimeSpan? requested = null, ModelKind kind = ModelKind.Image)
    {
        PollQueue queue = new(_clock, _random, requested);
        foreach (int number in Enumerable.Range(0, count))
        {
            queue.Add(Watch(New($"p{number}", average, kind)), null);
        }

        return queue;
    }

    private Prediction New(string id, TimeSpan? average, ModelKind kind) => Some.Prediction(id) with
    {
        Model = "acme/paint",
        Kind = kind,
        SubmittedTimestamp = _clock.GetTimestamp(),
        AverageRunTime = average,
    };

    private WatchedPrediction Watch(Prediction prediction) => new(prediction, _clock.GetTimestamp(), TimeSpan.FromHours(1), null);

    // Polls until the end, and returns the number of polls of each prediction and the mean delay until a result is noticed, relative to the run time.
    private (Dictionary<string, int> Polls, double Delay) Run(PollQueue queue, TimeSpan duration, Func<string, TimeSpan> runTime)
    {
        Dictionary<string, int> polls = [];
        List<double> delays = [];
        long end = _clock.GetTimestamp() + (long)(duration.TotalSeconds * _clock.TimestampFrequency);
        while (queue.NextDue is long due && due < end)
        {
            TimeSpan wait = _clock.GetElapsedTime(_clock.GetTimestamp(), due);
            _clock.Advance(wait > TimeSpan.Zero ? wait : TimeSpan.Zero);
            WatchedPrediction watched = queue.Dequeue();
            string id = watched.Prediction.Id;
            polls[id] = polls.GetValueOrDefault(id) + 1;
            if (watched.GetRunTime(_clock) >= runTime(id))
            {
                delays.Add((watched.GetRunTime(_clock) - runTime(id)) / runTime(id));
                Succeed(watched);
                queue.Remove(watched);
            }
            else
            {
                queue.Enqueue(watched, null);
            }
        }

        return (polls, delays.Count > 0 ? delays.Average() : 0);
    }
}
