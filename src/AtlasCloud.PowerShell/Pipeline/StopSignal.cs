namespace AtlasCloud.PowerShell.Pipeline;

/// <summary>The stop of one command: two tokens, and the grace between asking and walking away.</summary>
internal sealed class StopSignal : IDisposable
{
    // Of a grace of 0.9 s: a request that is given up needs a moment to say so.
    private const double Patience = 7.0 / 9.0;

    private readonly object _gate = new();
    private readonly CancellationTokenSource _stopping = new();
    private readonly CancellationTokenSource _abandon = new();
    private readonly TimeProvider _clock;
    private readonly Action _onGraceOver;
    private ITimer? _abandonTimer;
    private ITimer? _graceTimer;
    private long _givenAt;
    private bool _hasEnded;

    /// <param name="clock">What the grace is measured with.</param>
    /// <param name="grace">How long work may go on after the stop.</param>
    /// <param name="onGraceOver">Called from any thread when a grace is over.</param>
    internal StopSignal(TimeProvider clock, TimeSpan grace, Action onGraceOver)
    {
        _clock = clock;
        _onGraceOver = onGraceOver;
        Grace = grace;
        Stopping = _stopping.Token;
        Abandon = _abandon.Token;
    }

    internal TimeSpan Grace { get; }

    /// <summary>Cancelled as soon as the command is stopped. What every wait takes.</summary>
    internal CancellationToken Stopping { get; }

    /// <summary>
    /// Cancelled when the grace is nearly over. What a billable request takes once it is on the wire, so that its answer, which
    /// holds the id of what was paid for, has the rest of the second to arrive.
    /// </summary>
    internal CancellationToken Abandon { get; }

    internal bool IsGraceOver => Stopping.IsCancellationRequested && _clock.GetElapsedTime(_givenAt) >= Grace;

    /// <summary>
    /// How long to wait at the most before looking again. A timer wakes whoever waits at the end of the grace; this bound holds
    /// even when the pool is too busy to run it.
    /// </summary>
    internal TimeSpan GraceLeft
    {
        get
        {
            if (!Stopping.IsCancellationRequested)
            {
                return Timeout.InfiniteTimeSpan;
            }

            TimeSpan left = Grace - _clock.GetElapsedTime(_givenAt);
            return left > TimeSpan.FromMilliseconds(1) ? left : TimeSpan.FromMilliseconds(1);
        }
    }

    /// <summary>Gives the signal and returns at once.</summary>
    /// <param name="hasWork">Whether anything is under way that the grace is for.</param>
    internal void Signal(bool hasWork)
    {
        _givenAt = _clock.GetTimestamp();

        // The registered callbacks run on the pool: Ctrl+C must not wait for somebody's clean-up.
        _ = _stopping.CancelAsync();
        if (hasWork)
        {
            _abandonTimer = _clock.CreateTimer(_ => CancelInFlight(), null, Grace * Patience, Timeout.InfiniteTimeSpan);
            _graceTimer = _clock.CreateTimer(_ => _onGraceOver(), null, Grace, Timeout.InfiniteTimeSpan);
        }
        else
        {
            CancelInFlight();
        }
    }

    /// <summary>Starts a grace of its own, for something that is waited for although nothing was stopped.</summary>
    internal Alarm StartAlarm() => new(this);

    /// <summary>Ends the wait. Who still listens to the tokens can go on doing so.</summary>
    internal void End()
    {
        CancelInFlight();
        lock (_gate)
        {
            _hasEnded = true;
            _abandonTimer?.Dispose();
            _graceTimer?.Dispose();
        }
    }

    /// <summary>Ends it for good, once nobody listens any more.</summary>
    public void Dispose()
    {
        End();
        _stopping.Dispose();
        _abandon.Dispose();
    }

    private void CancelInFlight()
    {
        lock (_gate)
        {
            if (!_hasEnded)
            {
                _ = _abandon.CancelAsync();
            }
        }
    }

    internal sealed class Alarm : IDisposable
    {
        private readonly StopSignal _signal;
        private readonly long _since;
        private readonly ITimer _timer;

        internal Alarm(StopSignal signal)
        {
            _signal = signal;
            _since = signal._clock.GetTimestamp();
            _timer = signal._clock.CreateTimer(_ => signal._onGraceOver(), null, signal.Grace, Timeout.InfiniteTimeSpan);
        }

        internal bool IsOver => _signal._clock.GetElapsedTime(_since) >= _signal.Grace;

        public void Dispose() => _timer.Dispose();
    }
}
