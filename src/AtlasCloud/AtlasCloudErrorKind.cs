namespace AtlasCloud;

/// <summary>What went wrong, as a script can branch on it. The name of a member is the error id that PowerShell shows.</summary>
public enum AtlasCloudErrorKind
{
    /// <summary>The service did not accept the key, or the address is not the service's (401).</summary>
    Authentication,

    /// <summary>The key is real but may not do this (403).</summary>
    PermissionDenied,

    /// <summary>The account cannot pay for the request (402).</summary>
    InsufficientBalance,

    /// <summary>The request would pass the limit that the user set. Nothing was sent.</summary>
    BudgetExceeded,

    /// <summary>An input is missing, unknown, of the wrong type or out of range.</summary>
    InvalidParameter,

    /// <summary>No model has this name.</summary>
    ModelNotFound,

    /// <summary>Several models fit this name, and a guess is never billed.</summary>
    ModelAmbiguous,

    /// <summary>The service does not know this prediction.</summary>
    PredictionNotFound,

    /// <summary>The service reports that the prediction failed, expired or was cancelled.</summary>
    PredictionFailed,

    /// <summary>The prediction was still running when the limit of the wait was reached. It goes on at the service.</summary>
    PredictionTimedOut,

    /// <summary>Moderation refused the input or withheld the result.</summary>
    ContentBlocked,

    /// <summary>Too many requests (429), after all tries.</summary>
    RateLimited,

    /// <summary>The request is larger than the service takes (413).</summary>
    PayloadTooLarge,

    /// <summary>The service is not offered in this region (451).</summary>
    RegionBlocked,

    /// <summary>The service answered with a server error (5xx), after all tries.</summary>
    ServiceUnavailable,

    /// <summary>No connection: name not resolved, connection refused, TLS failed, or lost while reading.</summary>
    ConnectionFailed,

    /// <summary>No answer within the time limit of a request.</summary>
    RequestTimedOut,

    /// <summary>A billable request was sent and no answer came: it may have been accepted.</summary>
    SubmitOutcomeUnknown,

    /// <summary>The answer cannot be understood.</summary>
    UnexpectedReply,

    /// <summary>A result could not be downloaded whole.</summary>
    DownloadIncomplete,

    /// <summary>The target file exists and overwriting was not asked for.</summary>
    FileExists,

    /// <summary>A file could not be uploaded.</summary>
    UploadFailed,

    /// <summary>A streamed answer ended before its end.</summary>
    StreamInterrupted,

    /// <summary>There is no key to work with.</summary>
    NoSession,

    /// <summary>The service offers no way to cancel this prediction: it runs on and bills.</summary>
    NotCancellable,

    /// <summary>A webhook delivery is not what it claims to be: not signed by the service, too old, or changed on the way.</summary>
    WebhookRejected,
}
