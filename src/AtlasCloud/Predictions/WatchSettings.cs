namespace AtlasCloud.Predictions;

/// <summary>How predictions are watched.</summary>
/// <param name="Interval">Time between two polls; null lets kind and age decide.</param>
/// <param name="Timeout">How long to wait; null lets the kind decide.</param>
/// <param name="MaximumPolls">How many polls may be in flight together.</param>
/// <param name="Changed">Hears every state that a poll brings, from any thread.</param>
/// <param name="PriceTimeout">How long a finished prediction is kept back until its settled price is published; null for a moment where it was quoted, and not at all where it was not.</param>
internal sealed record WatchSettings(
    TimeSpan? Interval = null, TimeSpan? Timeout = null, int MaximumPolls = 16, Action<Prediction>? Changed = null, TimeSpan? PriceTimeout = null);

/// <summary>A prediction that is watched no more.</summary>
/// <param name="Prediction">How it stood last.</param>
/// <param name="Problem">Why the watch ended without a verdict; null where there is one.</param>
internal sealed record WatchResult(Prediction Prediction, AtlasCloudException? Problem);
