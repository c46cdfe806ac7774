using System.Globalization;

namespace AtlasCloud.PowerShell.Pipeline;

/// <summary>
/// The predictions that the commands of a pipeline submit, wait for and save together. The first command of the pipeline starts it, and it ends with the last.
/// </summary>
/// <remarks>Thread-safe, except its members.</remarks>
internal sealed partial class Batch
{
    private static long s_lastSourceId = long.MaxValue / 2;

    private readonly object _lock = new();
    private readonly Dictionary<string, Prediction> _predictions = new(StringComparer.Ordinal);
    private readonly HashSet<string> _ended = new(StringComparer.Ordinal);
    private readonly HashSet<string> _saved = new(StringComparer.Ordinal);
    private readonly HashSet<string> _skipped = new(StringComparer.Ordinal);
    private readonly HashSet<string> _saveFailed = new(StringComparer.Ordinal);
    private readonly Batch? _outer;
    private readonly TimeProvider _clock;
    private readonly long _startedAt;
    private int _inputs;
    private int _refused;
    private bool _isInputComplete;
    private bool? _isRepeatable;

    /// <param name="clock">Measures the time.</param>
    /// <param name="outer">The batch of the pipeline around this one; null if there is none.</param>
    internal Batch(TimeProvider clock, Batch? outer = null)
    {
        (_clock, _startedAt, _outer) = (clock, clock.GetTimestamp(), outer);
        Throttle = new ProgressThrottle(clock);

        // The delay of the first report counts from now.
        _ = Throttle.ShouldShow(this);
    }

    /// <summary>Identifies the progress bar, since the commands have no source in common.</summary>
    internal long SourceId { get; } = Interlocked.Increment(ref s_lastSourceId);

    internal ProgressReporter Reporter { get; } = new();

    internal ProgressThrottle Throttle { get; }

    internal BatchMembers Members { get; } = new();

    /// <summary>Whether the user stopped the pipeline.</summary>
    internal bool IsStopped { get; set; }

    /// <summary>Whether a journal lists what the batch submitted.</summary>
    internal bool HasJournal { get; set; } = true;

    /// <summary>Adds a command that submits. If all of them reuse earlier results, the same pipeline can be run again without paying again.</summary>
    internal void AddSubmitter(bool isReusing) => _isRepeatable = isReusing && _isRepeatable != false;

    /// <summary>Counts a request that is about to be submitted.</summary>
    internal void AddInput()
    {
        lock (_lock)
        {
            _inputs++;
        }
    }

    /// <summary>Counts a request that was not accepted.</summary>
    internal void AddRefusal()
    {
        lock (_lock)
        {
            _refused++;
        }
    }

    /// <summary>Declares that no more requests will be submitted.</summary>
    internal void CompleteInput()
    {
        lock (_lock)
        {
            _isInputComplete = true;
        }
    }

    /// <summary>Counts a prediction that a command of the batch submitted or took over from an earlier run.</summary>
    internal void Submit(Prediction prediction)
    {
        UncountedPredictions.Add(prediction);
        Update(prediction);
    }

    /// <summary>Takes over the current state of a prediction.</summary>
    internal void Update(Prediction prediction) => Update(prediction, hasEnded: prediction.IsFinished, isOwn: true);

    /// <summary>Counts a prediction that is no longer waited for.</summary>
    internal void End(Prediction prediction) => Update(prediction, hasEnded: true, isOwn: true);

    private void Update(Prediction prediction, bool hasEnded, bool isOwn)
    {
        lock (_lock)
        {
            if (isOwn || _predictions.ContainsKey(prediction.Id))
            {
                _predictions[prediction.Id] = prediction;
                _ = hasEnded && _ended.Add(prediction.Id);
            }
        }

        // The pipeline around this one may have submitted it.
        _outer?.Update(prediction, hasEnded, isOwn: false);
    }

    /// <summary>Counts a prediction whose outputs are saved.</summary>
    internal void Save(Prediction prediction)
    {
        Update(prediction);
        lock (_lock)
        {
            _saved.Add(prediction.Id);
        }
    }

    /// <summary>Counts a prediction that is not saved because of -WhatIf, which is not a failure.</summary>
    internal void Skip(Prediction prediction)
    {
        lock (_lock)
        {
            _skipped.Add(prediction.Id);
        }
    }

    /// <summary>Counts a prediction of which an output could not be saved.</summary>
    internal void AddSaveFailure(Prediction prediction)
    {
        Update(prediction);
        lock (_lock)
        {
            _saveFailed.Add(prediction.Id);
        }
    }

    /// <summary>Returns the paid predictions whose prices were not published when they were read.</summary>
    internal IReadOnlyList<Prediction> GetUnpriced()
    {
        lock (_lock)
        {
            return [.. _predictions.Values.Where(p => p is { State: PredictionState.Succeeded, Price: null } && UncountedPredictions.Contains(p))];
        }
    }

    /// <summary>Sums up the batch at its end. Each prediction that this process submitted is counted as paid once, in whatever pipeline.</summary>
    /// <param name="files">The saved files.</param>
    internal RunSummary Summarize(IReadOnlyList<SavedFile> files)
    {
        lock (_lock)
        {
            Prediction[] predictions = [.. _predictions.Values.Select(p => UncountedPredictions.Take(p) ? p : p with { IsReused = true })];
            return RunSummary.Create(predictions, Math.Max(_inputs, _predictions.Count), _saved.Union(_skipped).Except(_saveFailed).Count(), files, _clock.GetElapsedTime(_startedAt));
        }
    }

    internal BatchStatus GetStatus()
    {
        lock (_lock)
        {
            bool submits = Members.Includes(BatchStage.Submit);
            int submitted = _predictions.Count;
            int total = submits ? Math.Max(_inputs - _refused, submitted) : submitted;
            List<string> counts = [];
            if (submits)
            {
                counts.Add(_isInputComplete ? Invariant($"{submitted} of {total} submitted") : Invariant($"{submitted} submitted"));
            }

            int reused = _predictions.Values.Count(p => p.IsReused);
            if (reused > 0)
            {
                counts.Add(Invariant($"{reused} of them reused"));
            }

            counts.Add(Invariant($"{submitted - _ended.Count} running"));
            counts.Add(Invariant($"{_ended.Count} finished"));
            if (Members.Includes(BatchStage.Save))
            {
                counts.Add(Invariant($"{_saved.Count} saved"));
            }

            int done = Members.Includes(BatchStage.Save) ? Math.Max(_saved.Count, _ended.Count(IsFailed)) : Members.Includes(BatchStage.Wait) ? _ended.Count : submitted;
            TimeSpan elapsed = _clock.GetElapsedTime(_startedAt);
            bool isTotalKnown = (_isInputComplete || !submits) && total > 0;
            TimeSpan? remaining = isTotalKnown && done > 0 ? elapsed / done * (total - done) : null;
            string money = GetSpent() is decimal spent ? Invariant($"; {spent:0.00##} USD spent") : "";
            string rest = remaining is TimeSpan left ? $", about {Format(left)} left" : "";
            return new BatchStatus($"{string.Join(", ", counts)}{money}; {Format(elapsed)} elapsed{rest}", isTotalKnown ? (double)done / total : null, remaining);
        }
    }

    private bool IsFailed(string id) => _predictions.TryGetValue(id, out Prediction? prediction) && prediction.State == PredictionState.Failed;

    // Quoted prices count until the settled ones are known. What was paid earlier does not count. Null if no price is known.
    private decimal? GetSpent()
    {
        decimal[] prices = [.. _predictions.Values.Where(UncountedPredictions.Contains).Select(p => p.Charge == BillingState.NotCharged ? 0m : p.Price ?? p.Quote?.Price).OfType<decimal>()];
        return prices.Length > 0 ? prices.Sum() : null;
    }

    private static string Format(TimeSpan time) => time.ToString(@"h\:mm\:ss", CultureInfo.InvariantCulture);

    private static string Invariant(FormattableString text) => FormattableString.Invariant(text);
}
