namespace AtlasCloud.Predictions;

/// <summary>The predictions of one model that are watched together, and the run time that was measured. Used under the lock of the watcher.</summary>
internal sealed class ModelGroup
{
    // A new average counts if it differs by more than this factor, so that polls are planned again a few times only.
    private const double MinChange = 1.2;

    private TimeSpan _total;
    private int _finished;

    /// <summary>The number of predictions that are watched.</summary>
    internal int Count { get; set; }

    /// <summary>The number of scouts among them.</summary>
    internal int Scouts { get; set; }

    /// <summary>The average run time of those that succeeded; null before the first one.</summary>
    internal TimeSpan? Average { get; private set; }

    /// <summary>Takes a run time into account.</summary>
    /// <returns>Whether <see cref="Average"/> changed.</returns>
    internal bool Learn(TimeSpan runTime)
    {
        _total += runTime;
        TimeSpan average = _total / ++_finished;
        if (Average is TimeSpan current && average < current * MinChange && average * MinChange > current)
        {
            return false;
        }

        Average = average;
        return true;
    }
}
