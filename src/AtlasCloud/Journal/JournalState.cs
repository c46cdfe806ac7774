namespace AtlasCloud;

/// <summary>The state of a billable request, as far as the journal knows. States that a prediction has too are named as in <see cref="PredictionState"/>.</summary>
public enum JournalState : long
{
    /// <summary>About to be sent. If the process that wrote the entry has ended, it is unknown whether the request was sent.</summary>
    Intent,

    /// <summary>Sent without a response: the task may be running and may be charged.</summary>
    Unknown,

    /// <summary>Accepted by the service, which assigned an ID.</summary>
    InFlight,

    /// <summary>Finished with a result that is not completely saved.</summary>
    Succeeded,

    /// <summary>Finished, and all results are saved to disk.</summary>
    Saved,

    /// <summary>Finished without a result.</summary>
    Failed,

    /// <summary>Rejected by the service, or never sent. Not charged.</summary>
    Refused,

    /// <summary>Closed: the result expired or was discarded, and will not be collected.</summary>
    Closed,
}
