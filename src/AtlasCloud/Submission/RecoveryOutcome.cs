namespace AtlasCloud.Submission;

/// <summary>The outcome of the search for the task of a request.</summary>
internal enum RecoveryOutcome
{
    /// <summary>Nothing is proven.</summary>
    Open,

    /// <summary>The task was found.</summary>
    Adopted,

    /// <summary>It is proven that the service did not accept the request.</summary>
    NotAccepted,
}
