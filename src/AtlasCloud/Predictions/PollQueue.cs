namespace AtlasCloud.Predictions;

/// <summary>
/// The predictions of a watcher, by the time of their next poll. Run times of one model are similar, so of many predictions only a few are polled often, the
/// scouts. When the first of them succeed, the others are polled around the run time that was measured. Not thread-safe.
/// </summary>
/// <param name="clock">The clock.</param>
/// <param name="random">The jitter.</param>
/// <param name="requested">The interval that the caller requested for each prediction; null if none.</param>
internal sealed class PollQueue(TimeProvider clock, Random random, TimeSpan? requested)
{
    /// <summary>The maximum number of predictions of a model that are all polled often.</summary>
    internal const int MaxFrequent = 200;

    /// <summary>The number of scouts among more predictions.</summary>
    internal const int Scouts = 32;

    private readonly Dictionary<string, ModelGroup> _groups = new(StringComparer.Ordinal);
    private PriorityQueue<WatchedPrediction, long> _due = new();

    /// <summary>The number of predictions that wait for a poll.</summary>
    internal int Count => _due.Count;

    /// <summary>The timestamp of the next poll; null if none is waiting.</summary>
    internal long? NextDue => _due.TryPeek(out _, out long due) ? due : null;

    /// <summary>Adds a prediction in flight that was not watched before.</summary>
    /// <param name="watched">The prediction.</param>
    /// <param name="wait">The time until its first poll; null for the one of the schedule that starts at the submit, which may have been long before.</param>
    internal void Add(WatchedPrediction watched, TimeSpan? wait)
    {
        // The run time of a prediction of another process is not known exactly: its clock can differ.
        if (requested is null && watched.Prediction is { Model: string model, SubmittedTimestamp: not null })
        {
            watched.Group = _groups.TryGetValue(model, out ModelGroup? group) ? group : _groups[model] = new ModelGroup();
            watched.Group.Count++;
        }

        Enqueue(watched, wait ?? GetFirstWait(watched));
    }

    /// <summary>Schedules the next poll.</summary>
    /// <param name="watched">The prediction.</param>
    /// <param name="wait">The time until the poll; null to choose it.</param>
    internal void Enqueue(WatchedPrediction watched, TimeSpan? wait) => _due.Enqueue(watched, GetDue(watched, wait));

    /// <summary>Removes and returns the prediction that is due next.</summary>
    internal WatchedPrediction Dequeue() => _due.Dequeue();

    /// <summary>Stops watching a prediction that is not in the queue. If it succeeded, its run time is used for the others of its model.</summary>
    internal void Remove(WatchedPrediction watched)
    {
        if (watched.Group is not ModelGroup group)
        {
            return;
        }

        group.Count--;
        group.Scouts -= watched.IsScout ? 1 : 0;
        if (watched.Prediction.State == PredictionState.Succeeded && group.Learn(watched.GetFinalRunTime(clock)))
        {
            // Only earlier than planned before, so that no poll is postponed again and again.
            _due = new PriorityQueue<WatchedPrediction, long>(_due.UnorderedItems.Select(
                i => i.Element.Group == group && !i.Element.Prediction.IsFinished ? (i.Element, Math.Min(i.Priority, GetDue(i.Element, null))) : i));
        }
    }

    private long GetDue(WatchedPrediction watched, TimeSpan? wait)
    {
        TimeSpan interval = wait ?? GetInterval(watched, watched.GetRunTime(clock));

        // The last poll is due at the limit, so that a result of the last interval is not missed.
        TimeSpan left = watched.Limit - watched.GetAge(clock);
        if (!watched.Prediction.IsFinished && !watched.IsLastPollDone && interval > left)
        {
            interval = left > TimeSpan.Zero ? left : TimeSpan.Zero;
        }

        return clock.GetTimestamp() + (long)(interval.TotalSeconds * clock.TimestampFrequency);
    }

    private TimeSpan GetFirstWait(WatchedPrediction watched)
    {
        TimeSpan left = GetInterval(watched, TimeSpan.Zero) - watched.GetRunTime(clock);
        return left > TimeSpan.Zero ? left : TimeSpan.Zero;
    }

    private TimeSpan GetInterval(WatchedPrediction watched, TimeSpan runTime)
    {
        Prediction prediction = watched.Prediction;
        bool isRunTime = prediction.SubmittedTimestamp is not null;
        if (watched.Group is not ModelGroup group)
        {
            return PollSchedule.Interval(prediction.Kind, runTime, requested, random.NextDouble(), prediction.AverageRunTime, isRunTime);
        }

        if (!watched.IsScout && group.Scouts < Scouts)
        {
            group.Scouts++;
            watched.IsScout = true;
        }

        TimeSpan? average = group.Average ?? prediction.AverageRunTime;
        return !watched.IsScout && group.Count > MaxFrequent ? PollSchedule.IntervalOfMany(prediction.Kind, runTime, random.NextDouble(), average)
            : PollSchedule.Interval(prediction.Kind, runTime, null, random.NextDouble(), average, isRunTime);
    }
}
