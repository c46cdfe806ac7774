namespace AtlasCloud;

/// <summary>A prediction that is no longer watched.</summary>
/// <param name="Prediction">Its last known state.</param>
/// <param name="Failure">PredictionFailed, ContentBlocked, PredictionTimedOut, or why it cannot be watched; null if it succeeded.</param>
public sealed record WatchResult(Prediction Prediction, AtlasCloudException? Failure);
