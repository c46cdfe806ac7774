using System.Runtime.CompilerServices;
using System.Threading.Channels;
using AtlasCloud.Predictions;
using AtlasCloud.Text;

namespace AtlasCloud;

/// <summary>
/// Watches many predictions with one poller: each is polled when it is due and returned when it has finished. Add predictions at any time, call
/// <see cref="Complete"/> after the last one, and enumerate <see cref="ReadAllAsync"/> meanwhile. Created by <see cref="PredictionResource.CreateWatcher"/>.
/// </summary>
public sealed class PredictionWatcher
{
    // Many predictions are polled in groups: waking up for each of them takes longer than the poll.
    private static readonly TimeSpan s_groupTime = TimeSpan.FromMilliseconds(100);

    private readonly PredictionPoller _poller;
    private readonly TimeProvider _clock;
    private readonly WatchOptions _options;
    private readonly object _lock = new();
    private readonly PollQueue _due;
    private readonly Channel<WatchResult> _finished = Channel.CreateUnbounded<WatchResult>();
    private TaskCompletionSource _changed = NewSignal();
    private bool _isComplete;
    private int _polling;
    private long _wakeAt = long.MaxValue;
    private int _addedCount;
    private int _finishedCount;

    internal PredictionWatcher(PredictionPoller poller, TimeProvider clock, Random random, WatchOptions options) =>
        (_poller, _clock, _options, _due) = (poller, clock, options, new PollQueue(clock, random, options.Interval));

    /// <summary>The finished predictions, in the order in which they finished, for callers of <see cref="RunAsync"/>. Ends after <see cref="Complete"/> once none is left, or when the watch is canceled.</summary>
    public ChannelReader<WatchResult> Finished => _finished.Reader;

    /// <summary>The number of predictions added.</summary>
    public int AddedCount => Volatile.Read(ref _addedCount);

    /// <summary>The number of predictions that have finished, including those that cannot be watched.</summary>
    public int FinishedCount => Volatile.Read(ref _finishedCount);

    /// <summary>Adds a prediction. Returns immediately.</summary>
    /// <param name="prediction">The prediction. Only its ID must be set.</param>
    /// <exception cref="AtlasCloudException">InvalidParameter: not a valid ID.</exception>
    public void Add(Prediction prediction)
    {
        PredictionId.Check(prediction.Id);
        WatchedPrediction watched = new(prediction, _clock.GetTimestamp(), PollSchedule.Limit(prediction.Kind, _options.Timeout), _options.PriceTimeout);
        lock (_lock)
        {
            _addedCount++;
            if (watched.AwaitsPrice(_clock))
            {
                _due.Enqueue(watched, watched.GetFinalInterval(_clock));
                SignalIfNeeded();
                return;
            }

            if (!prediction.IsFinished || prediction is { State: PredictionState.Succeeded, HasResult: false })
            {
                // Only the monotonic clock of this process measures the age reliably: another prediction may have finished long ago. One of the history can
                // have succeeded without its outputs.
                _due.Add(watched, prediction.SubmittedTimestamp is null ? TimeSpan.Zero : null);
                SignalIfNeeded();
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

    /// <summary>Polls, and returns each prediction when it has finished. Call it once, and not together with <see cref="RunAsync"/>.</summary>
    /// <param name="cancellationToken">Cancels the watch, as does ending the enumeration. The predictions continue at the service.</param>
    public async IAsyncEnumerable<WatchResult> ReadAllAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        using CancellationTokenSource stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        Task run = RunAsync(stop.Token);
        try
        {
            await foreach (WatchResult result in Finished.ReadAllAsync(CancellationToken.None).ConfigureAwait(false))
            {
                yield return result;
            }

            await run.ConfigureAwait(false);
        }
        finally
        {
            await stop.CancelAsync().ConfigureAwait(false);
            await run.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>Polls until all predictions have finished. Read <see cref="Finished"/> meanwhile. Call it once.</summary>
    /// <param name="cancellationToken">Cancels the watch. The predictions continue at the service.</param>
    public async Task RunAsync(CancellationToken cancellationToken = default)
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
                    while (_polling < _options.MaximumConcurrentPolls && _due.NextDue <= _clock.GetTimestamp())
                    {
                        WatchedPrediction next = _due.Dequeue();
                        _polling++;
                        polls.Add(PollAsync(next, cancellationToken));
                    }

                    if (_isComplete && _due.Count == 0 && _polling == 0)
                    {
                        return;
                    }

                    long now = _clock.GetTimestamp();
                    _wakeAt = _polling < _options.MaximumConcurrentPolls && _due.NextDue is long then ? Math.Max(then, now + GroupTicks) : long.MaxValue;
                    wait = _wakeAt < long.MaxValue ? _clock.GetElapsedTime(now, _wakeAt) : null;
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
            (Prediction? current, AtlasCloudException? failure) = await _poller.PollAsync(watched.Prediction, cancellationToken).ConfigureAwait(false);
            watched.Update(current, failure);
            if (current is not null && watched.IsConfirmed)
            {
                _options.OnPolled?.Invoke(current);
            }

            result = watched.AwaitsPrice(_clock) || !watched.IsConfirmed ? null
                : watched.Prediction.IsFinished ? new WatchResult(watched.Prediction, null)
                : watched.IsTimedOut(_clock, isAnswered: current is not null) ? new WatchResult(watched.Prediction, PredictionErrors.TimedOut(watched))
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
            result = new WatchResult(watched.Prediction, watched.Prediction.IsFinished ? null : new AtlasCloudException(
                AtlasCloudErrorKind.UnexpectedReply, $"Prediction {watched.Prediction.Id} cannot be watched: {SafeText.Sanitize(exception.Message, length: 200)}", exception));
        }
        finally
        {
            lock (_lock)
            {
                _polling--;
                if (result is not null)
                {
                    _due.Remove(watched);
                }
                else if (!cancellationToken.IsCancellationRequested)
                {
                    _due.Enqueue(watched, watched.GetFinalInterval(_clock));
                }

                SignalIfNeeded();
            }
        }

        if (result is not null)
        {
            Finish(result);
        }
    }

    private void Finish(WatchResult result)
    {
        lock (_lock)
        {
            _finishedCount++;
        }

        _finished.Writer.TryWrite(result with { Failure = result.Failure ?? PredictionErrors.Find(result.Prediction) });
    }

    private long GroupTicks => _due.Count > PollQueue.MaxFrequent ? (long)(s_groupTime.TotalSeconds * _clock.TimestampFrequency) : 0;

    // Called with the lock held, after a prediction was added to the queue or a poll has ended.
    private void SignalIfNeeded()
    {
        if (_due.NextDue < _wakeAt - GroupTicks || (_due.Count == 0 && _polling == 0))
        {
            Signal();
        }
    }

    private void Signal()
    {
        TaskCompletionSource before = _changed;
        _changed = NewSignal();
        before.TrySetResult();
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
