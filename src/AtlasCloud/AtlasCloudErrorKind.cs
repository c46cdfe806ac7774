namespace AtlasCloud;

/// <summary>The class of a failure, for callers to branch on. The PowerShell module uses the member's name as error ID.</summary>
public enum AtlasCloudErrorKind : long
{
    /// <summary>The service rejected the key, or the address is not the service's (401).</summary>
    Authentication,

    /// <summary>The key is valid but lacks the permission (403).</summary>
    PermissionDenied,

    /// <summary>The account's balance does not cover the request (402).</summary>
    InsufficientBalance,

    /// <summary>The request would exceed a cost limit. Nothing was sent.</summary>
    BudgetExceeded,

    /// <summary>An input is missing, unknown, of the wrong type or out of range.</summary>
    InvalidParameter,

    /// <summary>No model matches the name.</summary>
    ModelNotFound,

    /// <summary>Several models match the name.</summary>
    ModelAmbiguous,

    /// <summary>The service does not know the prediction.</summary>
    PredictionNotFound,

    /// <summary>The prediction failed, expired or was canceled.</summary>
    PredictionFailed,

    /// <summary>The prediction did not finish within the timeout. It continues at the service.</summary>
    PredictionTimedOut,

    /// <summary>Moderation rejected the input or withheld the result.</summary>
    ContentBlocked,

    /// <summary>Too many requests (429), after all retries.</summary>
    RateLimited,

    /// <summary>The request is too large for the service (413).</summary>
    PayloadTooLarge,

    /// <summary>The service is not offered in this region (451).</summary>
    RegionBlocked,

    /// <summary>The service answered with a server error (5xx), after all retries.</summary>
    ServiceUnavailable,

    /// <summary>The name could not be resolved, the connection was refused or lost, or TLS failed.</summary>
    ConnectionFailed,

    /// <summary>No response came within the request timeout.</summary>
    RequestTimedOut,

    /// <summary>A billable request was sent and its outcome is unknown: it may have been accepted.</summary>
    SubmitOutcomeUnknown,

    /// <summary>The response cannot be understood.</summary>
    UnexpectedReply,

    /// <summary>A result could not be downloaded completely.</summary>
    DownloadIncomplete,

    /// <summary>The target file exists and may not be overwritten.</summary>
    FileExists,

    /// <summary>A file could not be uploaded.</summary>
    UploadFailed,

    /// <summary>A stream ended before the reply was complete.</summary>
    StreamInterrupted,

    /// <summary>There is no API key.</summary>
    NoSession,

    /// <summary>The prediction cannot be canceled: it continues and is charged.</summary>
    NotCancellable,

    /// <summary>A webhook delivery is not authentic: not signed by the service, too old, or modified.</summary>
    WebhookRejected,

    /// <summary>The asset library has no such asset.</summary>
    AssetNotFound,

    /// <summary>The request contradicts the state of the account, for example because a name is taken (409).</summary>
    Conflict,

    /// <summary>The service does not know the project or the API key.</summary>
    ResourceNotFound,
}
