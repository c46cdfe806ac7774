namespace AtlasCloud.PowerShell.Pipeline;

/// <summary>The stop of one command: two tokens, and the grace period between them.</summary>
internal sealed class StopSignal : IDisposable
{
    // 0.7 s of a grace period of 0.9 s: a canceled request needs a moment to end.
    private const double HardStopFraction = 7.0 / 9.0;

    private static readonly TimeSpan s_minWait = TimeSpan.FromMilliseconds(1);

    private readonly object _lock = new();
    private readonly CancellationTokenSource _stopping = new();
    private readonly CancellationTokenSource _hardStop = new();
    private readonly TimeProvider _clock;
    private readonly Action _onGraceOver;
    private ITimer? _hardStopTimer;
    private ITimer? _graceTimer;
    private long _stoppedAt;
    private bool _isClosed;

    /// <param name="clock">The clock that measures the grace period.</param>
    /// <param name="grace">How long work may continue after the stop.</param>
    /// <param name="onGraceOver">Called from any thread at the end of a grace period.</param>
    internal StopSignal(TimeProvider clock, TimeSpan grace, Action onGraceOver)
    {
        _clock = clock;
        _onGraceOver = onGraceOver;
        Grace = grace;
        Stopping = _stopping.Token;
        HardStop = _hardStop.Token;
    }

    /// <summary>The grace period.</summary>
    internal TimeSpan Grace { get; }

    /// <summary>Canceled as soon as the command is stopped. For every wait.</summary>
    internal CancellationToken Stopping { get; }

    /// <summary>
    /// Canceled shortly before the end of the grace period. For billable requests in flight: their response contains the ID of what was paid for.
    /// </summary>
    internal CancellationToken HardStop { get; }

    internal bool IsGraceOver => Stopping.IsCancellationRequested && _clock.GetElapsedTime(_stoppedAt) >= Grace;

    /// <summary>
    /// The maximum time to wait before checking again; infinite before the stop. A timer wakes waiting threads at the end of the grace period; this
    /// limit holds even if the thread pool is too busy to run the timer.
    /// </summary>
    internal TimeSpan RemainingGrace
    {
        get
        {
            if (!Stopping.IsCancellationRequested)
            {
                return Timeout.InfiniteTimeSpan;
            }

            TimeSpan remaining = Grace - _clock.GetElapsedTime(_stoppedAt);
            return remaining > s_minWait ? remaining : s_minWait;
        }
    }

    /// <summary>Signals the stop and returns immediately.</summary>
    /// <param name="hasWork">Whether any work is running that needs the grace period.</param>
    internal void Signal(bool hasWork)
    {
        _stoppedAt = _clock.GetTimestamp();
        if (hasWork)
        {
            // Before the stop is visible, since work that reacts to it can depend on the time limits.
            _hardStopTimer = _clock.CreateTimer(_ => CancelInFlight(), null, Grace * HardStopFraction, Timeout.InfiniteTimeSpan);
            _graceTimer = _clock.CreateTimer(_ => _onGraceOver(), null, Grace, Timeout.InfiniteTimeSpan);
        }

        // The registered callbacks run on the thread pool, so that Ctrl+C does not wait for them.
        _ = _stopping.CancelAsync();
        if (!hasWork)
        {
            CancelInFlight();
        }
    }

    /// <summary>Starts a separate grace period, for waits without a stop.</summary>
    internal GraceTimer StartGraceTimer() => new(this);

    /// <summary>Cancels requests in flight and ends the timers. Work that still runs can continue to use the tokens.</summary>
    internal void Close()
    {
        CancelInFlight();
        lock (_lock)
        {
            _isClosed = true;
            _hardStopTimer?.Dispose();
            _graceTimer?.Dispose();
        }
    }

    /// <summary>Does the same and disposes the tokens. To be called when no work uses them.</summary>
    public void Dispose()
    {
        Close();
        _stopping.Dispose();
        _hardStop.Dispose();
    }

    private void CancelInFlight()
    {
        lock (_lock)
        {
            if (!_isClosed)
            {
                _ = _hardStop.CancelAsync();
            }
        }
    }

    /// <summary>A grace period that starts when it is created.</summary>
    internal sealed class GraceTimer : IDisposable
    {
        private readonly StopSignal _signal;
        private readonly long _startedAt;
        private readonly ITimer _timer;

        internal GraceTimer(StopSignal signal)
        {
            _signal = signal;
            _startedAt = signal._clock.GetTimestamp();
            _timer = signal._clock.CreateTimer(_ => signal._onGraceOver(), null, signal.Grace, Timeout.InfiniteTimeSpan);
        }

        internal bool IsExpired => _signal._clock.GetElapsedTime(_startedAt) >= _signal.Grace;

        public void Dispose() => _timer.Dispose();
    }
}
