using System.Threading.Channels;
using AtlasCloud.Predictions;
using AtlasCloud.Text;

namespace AtlasCloud;

/// <summary>
/// Watches many predictions with one poller: each is polled when it is due and returned when it has finished. Add predictions at any time, call
/// <see cref="Complete"/> after the last one, and read <see cref="Finished"/> while <see cref="RunAsync"/> runs. Created by <see cref="PredictionResource.Watch"/>.
/// </summary>
public sealed class PredictionWatcher
{
    // The price is often published shortly after the result. Only callers with a cost limit wait for it.
    private static readonly TimeSpan s_priceTimeout = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan s_priceInterval = TimeSpan.FromSeconds(0.5);

    private readonly PredictionPoller _poller;
    private readonly TimeProvider _clock;
    private readonly Random _random;
    private readonly WatchOptions _options;
    private readonly object _lock = new();
    private readonly PriorityQueue<WatchedPrediction, long> _due = new();
    private readonly Channel<WatchResult> _finished = Channel.CreateUnbounded<WatchResult>();
    private TaskCompletionSource _changed = NewSignal();
    private bool _isComplete;
    private int _polling;
    private int _added;
    private int _done;

    internal PredictionWatcher(PredictionPoller poller, TimeProvider clock, Random random, WatchOptions options) =>
        (_poller, _clock, _random, _options) = (poller, clock, random, options);

    /// <summary>The finished predictions, in the order in which they finished. Ends after <see cref="Complete"/> once none is left, or when the watch is canceled.</summary>
    public ChannelReader<WatchResult> Finished => _finished.Reader;

    /// <summary>How many predictions were added, and how many of them have finished.</summary>
    public (int Added, int Done) Count { get { lock (_lock) { return (_added, _done); } } }

    /// <summary>Adds a prediction. Returns immediately.</summary>
    /// <param name="prediction">The prediction. Only its ID must be set.</param>
    /// <exception cref="AtlasCloudException">InvalidParameter: not a valid ID.</exception>
    public void Add(Prediction prediction)
    {
        PredictionId.Check(prediction.Id);
        WatchedPrediction watched = new(prediction, _clock.GetTimestamp(), PollSchedule.Limit(prediction.Kind, _options.Timeout));
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
                // A prediction that was just submitted had no time yet; one that is only an ID may have finished long ago.
                Schedule(watched, prediction.SubmittedAt is null ? TimeSpan.Zero : null);
                return;
            }
        }

        Finish(new WatchResult(prediction, null));
    }

    /// <summary>Declares that no more predictions will be added.</summary>
    public void Complete()
    {
        lock (_lock)
        {
            _isComplete = true;
            Signal();
        }
    }

    /// <summary>Polls until all predictions have finished.</summary>
    /// <param name="cancellationToken">Cancels the watch. The predictions continue at the service.</param>
    public async Task RunAsync(CancellationToken cancellationToken)
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
                    while (_polling < _options.MaximumPolls && _due.TryPeek(out _, out long due) && due <= _clock.GetTimestamp())
                    {
                        WatchedPrediction next = _due.Dequeue();
                        _polling++;
                        polls.Add(PollAsync(next, cancellationToken));
                    }

                    if (_isComplete && _due.Count == 0 && _polling == 0)
                    {
                        return;
                    }

                    wait = _polling < _options.MaximumPolls && _due.TryPeek(out _, out long then)
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
        // Task.Delay truncates to milliseconds: rounded up, it does not end just before the poll is due.
        TimeSpan time = wait is TimeSpan some ? TimeSpan.FromMilliseconds(Math.Max(1, Math.Ceiling(some.TotalMilliseconds))) : Timeout.InfiniteTimeSpan;
        Task timer = Task.Delay(time, _clock, rest.Token);
        await Task.WhenAny(changed, timer).ConfigureAwait(false);
        await rest.CancelAsync().ConfigureAwait(false);
        cancellationToken.ThrowIfCancellationRequested();
    }

    private async Task PollAsync(WatchedPrediction watched, CancellationToken cancellationToken)
    {
        // Leaves the lock that the caller holds.
        await Task.Yield();
        WatchResult? result = null;
        watched.BeginPoll(_clock);
        try
        {
            Prediction? current = await _poller.TryPollAsync(watched.Prediction, cancellationToken).ConfigureAwait(false);
            watched.Prediction = current ?? watched.Prediction;
            if (current is not null)
            {
                _options.OnPolled?.Invoke(current);
            }

            result = AwaitsPrice(watched) ? null
                : watched.Prediction.IsFinished ? new WatchResult(watched.Prediction, null)
                : watched.IsTimedOut(_clock, isAnswered: current is not null) ? new WatchResult(watched.Prediction, PredictionErrors.TimedOut(watched.Prediction, watched.Limit))
                : null;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return;
        }
        catch (AtlasCloudException exception)
        {
            // A finished prediction stays finished even if the request for its price fails.
            result = new WatchResult(watched.Prediction, watched.Prediction.IsFinished ? null : exception);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            // No caller awaits a poll: an exception that does not become a result here would be lost.
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

    /// <summary>Whether a finished prediction is held back until its settled price is known.</summary>
    private bool AwaitsPrice(WatchedPrediction watched)
    {
        return watched.Prediction is { State: PredictionState.Succeeded, Price: null } prediction
            && watched.GetTimeSinceFinished(_clock) < PriceTimeout(prediction);
    }

    private TimeSpan PriceTimeout(Prediction prediction) => _options.PriceTimeout ?? (prediction.Quote is null ? TimeSpan.Zero : s_priceTimeout);

    /// <summary>Time until the next poll for the price, growing each time; null for a prediction in flight.</summary>
    private TimeSpan? PriceInterval(WatchedPrediction watched)
    {
        if (!watched.Prediction.IsFinished)
        {
            return null;
        }

        TimeSpan waited = watched.GetTimeSinceFinished(_clock);
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

        _finished.Writer.TryWrite(result with { Problem = result.Problem ?? PredictionErrors.Find(result.Prediction) });
    }

    // Called with the lock held.
    private void Schedule(WatchedPrediction watched, TimeSpan? wait)
    {
        TimeSpan age = watched.GetAge(_clock);
        TimeSpan interval = wait ?? PollSchedule.Interval(watched.Prediction.Kind, age, _options.Interval, _random.NextDouble());

        // The last poll is due at the limit, so that a result of the last interval is not missed.
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
