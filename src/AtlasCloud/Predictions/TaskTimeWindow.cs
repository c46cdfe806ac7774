namespace AtlasCloud.Predictions;

/// <summary>Decides by time whether a task in the history can be the result of a request.</summary>
internal static class TaskTimeWindow
{
    /// <summary>How far the clocks of this machine and of the service may differ.</summary>
    internal static readonly TimeSpan ClockSkew = TimeSpan.FromMinutes(1);

    /// <summary>How long after the send the service can still create the task.</summary>
    internal static readonly TimeSpan MaxDelay = TimeSpan.FromMinutes(10);

    /// <summary>Whether a task can be the result of a request sent at a time. A task without a creation time can be.</summary>
    internal static bool Matches(Prediction task, DateTimeOffset sentAt) =>
        task.CreatedAt is not DateTimeOffset created || (created >= sentAt - ClockSkew && created <= sentAt + MaxDelay);
}
