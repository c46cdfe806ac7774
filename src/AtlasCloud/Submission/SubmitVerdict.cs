namespace AtlasCloud.Submission;

/// <summary>What the response to a submit proves.</summary>
internal enum SubmitVerdict
{
    /// <summary>Nothing: the request may run and be charged.</summary>
    Unknown,

    /// <summary>There is a task, or its result.</summary>
    Accepted,

    /// <summary>There is no task and nothing is charged.</summary>
    Refused,
}
