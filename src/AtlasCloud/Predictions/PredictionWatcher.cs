using System.Threading.Channels;
using AtlasCloud.Text;

namespace AtlasCloud.Predictions;

/// <summary>Watches many predictions with one poller: each is asked for when it is due, and handed out when it is finished.</summary>
internal sealed class PredictionWatcher
{
    // A price is often published a little after the result. Who set a limit wants to know it; nobody else waits for it.
    private static readonly TimeSpan s_priceTimeout = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan s_priceInterval = TimeSpan.FromSeconds(0.5);

    private readonly PredictionPoller _poller;
    private readonly TimeProvider _clock;
    private readonly Random _random;
    private readonly WatchSettings _settings;
    private readonly object _lock = new();
    private readonly PriorityQueue<WatchedPrediction, long> _due = new();
    private readonly Channel<WatchResult> _finished = Channel.CreateUnbounded<WatchResult>();
    private TaskCompletionSource _changed = NewSignal();
    private bool _isComplete;
    private int _polling;
    private int _added;
    private int _done;

    internal PredictionWatcher(PredictionPoller poller, TimeProvider clock, Random random, WatchSettings settings) =>
        (_poller, _clock, _random, _settings) = (poller, clock, random, settings);

    /// <summary>What is finished, in the order in which it got so. Ends after <see cref="Complete"/> once nothing is left.</summary>
    internal ChannelReader<WatchResult> Finished => _finished.Reader;

    /// <summary>How many were added, and how many of them are finished.</summary>
    internal (int Added, int Done) Count { get { lock (_lock) { return (_added, _done); } } }

    /// <summary>Takes a prediction and comes back at once.</summary>
    internal void Add(Prediction prediction)
    {
        WatchedPrediction watched = new(prediction, _clock.GetTimestamp(), PollSchedule.Limit(prediction.Kind, _settings.Timeout));
        lock (_lock)
        {
            _added++;
            if (AwaitsPrice(watched))
            {
                Schedule(watched, PriceInterval(watched));
                return;
            }

            if (!prediction.IsFinished)
            {
                // One that was just submitted has had no time; one that is only an id may long be finished.
                Schedule(watched, prediction.SubmittedAt is null ? TimeSpan.Zero : null);
                return;
            }
        }

        Finish(new WatchResult(prediction, null));
    }

    /// <summary>Says that no more will be added.</summary>
    internal void Complete()
    {
        lock (_lock)
        {
            _isComplete = true;
            Signal();
        }
    }

    /// <summary>Does the watching until all are finished or the token says stop.</summary>
    internal async Task RunAsync(CancellationToken cancellationToken)
    {
        List<Task> polls = [];
        try
        {
            while (true)
            {
                Task changed;
                TimeSpan? wait;
                lock (_lock)
                {
                    while (_polling < _settings.MaximumPolls && _due.TryPeek(out _, out long due) && due <= _clock.GetTimestamp())
                    {
                        WatchedPrediction next = _due.Dequeue();
                        _polling++;
                        polls.Add(PollAsync(next, cancellationToken));
                    }

                    if (_isComplete && _due.Count == 0 && _polling == 0)
                    {
                        return;
                    }

                    wait = _polling < _settings.MaximumPolls && _due.TryPeek(out _, out long then)
                        ? _clock.GetElapsedTime(_clock.GetTimestamp(), then)
                        : null;
                    changed = _changed.Task;
                }

                polls.RemoveAll(p => p.IsCompleted);
                await WaitAsync(changed, wait, cancellationToken).ConfigureAwait(false);
            }
        }
        finally
        {
            await Task.WhenAll(polls).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            _finished.Writer.TryComplete();
        }
    }

    private async Task WaitAsync(Task changed, TimeSpan? wait, CancellationToken cancellationToken)
    {
        using CancellationTokenSource rest = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        // A delay drops parts of a millisecond: rounded up, it does not end just before what it waits for.
        TimeSpan time = wait is TimeSpan some ? TimeSpan.FromMilliseconds(Math.Max(1, Math.Ceiling(some.TotalMilliseconds))) : Timeout.InfiniteTimeSpan;
        Task timer = Task.Delay(time, _clock, rest.Token);
        await Task.WhenAny(changed, timer).ConfigureAwait(false);
        await rest.CancelAsync().ConfigureAwait(false);
        cancellationToken.ThrowIfCancellationRequested();
    }

    private async Task PollAsync(WatchedPrediction watched, CancellationToken cancellationToken)
    {
        // Off the lock that the caller holds.
        await Task.Yield();
        WatchResult? result = null;
        watched.BeginPoll(_clock);
        try
        {
            Prediction? said = await _poller.TryAsync(watched.Prediction, cancellationToken).ConfigureAwait(false);
            watched.Prediction = said ?? watched.Prediction;
            if (said is not null)
            {
                _settings.Changed?.Invoke(said);
            }

            result = AwaitsPrice(watched) ? null
                : watched.Prediction.IsFinished ? new WatchResult(watched.Prediction, null)
                : watched.IsOver(_clock, isAnswered: said is not null) ? new WatchResult(watched.Prediction, PredictionErrors.TimedOut(watched.Prediction, watched.Limit))
                : null;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return;
        }
        catch (AtlasCloudException exception)
        {
            // What is finished stays so, whatever is said to the question for its price.
            result = new WatchResult(watched.Prediction, watched.Prediction.IsFinished ? null : exception);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            // Nobody awaits a poll: what is not made a result here would be lost, and asked for again without end.
            result = new WatchResult(watched.Prediction, new AtlasCloudException(
                AtlasCloudErrorKind.UnexpectedReply, $"Prediction {watched.Prediction.Id} cannot be watched: {SafeText.Sanitize(exception.Message, length: 200)}", exception));
        }
        finally
        {
            lock (_lock)
            {
                _polling--;
                if (result is null && !cancellationToken.IsCancellationRequested)
                {
                    Schedule(watched, PriceInterval(watched));
                }

                Signal();
            }
        }

        if (result is not null)
        {
            Finish(result);
        }
    }

    /// <summary>Whether a finished prediction is kept back a little longer, until its settled price is known.</summary>
    private bool AwaitsPrice(WatchedPrediction watched)
    {
        return watched.Prediction is { State: PredictionState.Succeeded, Price: null } prediction
            && watched.SinceFinished(_clock) < PriceTimeout(prediction);
    }

    private TimeSpan PriceTimeout(Prediction prediction) => _settings.PriceTimeout ?? (prediction.Quote is null ? TimeSpan.Zero : s_priceTimeout);

    /// <summary>Time until the price is asked for again, longer each time; null for what is not finished.</summary>
    private TimeSpan? PriceInterval(WatchedPrediction watched)
    {
        if (!watched.Prediction.IsFinished)
        {
            return null;
        }

        TimeSpan waited = watched.SinceFinished(_clock);
        TimeSpan left = PriceTimeout(watched.Prediction) - waited;
        TimeSpan next = waited > s_priceInterval ? waited : s_priceInterval;
        return next < left ? next : left;
    }

    private void Finish(WatchResult result)
    {
        lock (_lock)
        {
            _done++;
        }

        _finished.Writer.TryWrite(result);
    }

    // Called with the lock held.
    private void Schedule(WatchedPrediction watched, TimeSpan? wait)
    {
        TimeSpan age = watched.Age(_clock);
        TimeSpan interval = wait ?? PollSchedule.Interval(watched.Prediction.Kind, age, _settings.Interval, _random.NextDouble());

        // The last poll falls on the limit, so that a result which came in the last interval is not missed.
        TimeSpan left = watched.Limit - age;
        if (!watched.Prediction.IsFinished && !watched.IsLastPollDone && interval > left)
        {
            interval = left > TimeSpan.Zero ? left : TimeSpan.Zero;
        }

        _due.Enqueue(watched, _clock.GetTimestamp() + (long)(interval.TotalSeconds * _clock.TimestampFrequency));
        Signal();
    }

    private void Signal()
    {
        TaskCompletionSource before = _changed;
        _changed = NewSignal();
        before.TrySetResult();
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
