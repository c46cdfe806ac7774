namespace AtlasCloud;

/// <summary>
/// The specific cause of a failure within its <see cref="AtlasCloudErrorKind"/>. Each value has one factory in the library and one entry of advice in
/// the PowerShell module. Values may be added in any version; do not rely on their numbers.
/// </summary>
public enum AtlasCloudErrorReason
{
    /// <summary>The kind says everything that is known.</summary>
    None,

    // Options, HTTP

    /// <summary>The API key contains characters that no HTTP header can carry.</summary>
    ApiKeyMalformed,

    /// <summary>A base address is not an origin that a key may be sent to. Facts: Input, Value.</summary>
    BaseUriInvalid,

    /// <summary>The service rejected the model name when it evaluated the price. The name usually lacks its task.</summary>
    ModelNameIncomplete,

    /// <summary>The allowance of a coding-plan key is used up.</summary>
    CodingPlanExhausted,

    /// <summary>A gateway blocked the request, most likely because of its User-Agent header.</summary>
    BlockedByGateway,

    // Costs

    /// <summary>The price exceeds the limit for one request. Facts: Model, Amount, Limit.</summary>
    MaxCostExceeded,

    /// <summary>The price exceeds what is left of the budget. Facts: Model, Amount, Limit (what is left).</summary>
    BudgetExhausted,

    /// <summary>The price is unknown although a cost limit is set. Facts: Model.</summary>
    PriceUnknown,

    // Requests

    // Submission and predictions

    // Outputs

    /// <summary>The download stopped before the file was complete. Facts: PredictionId.</summary>
    DownloadInterrupted,

    /// <summary>The address of the result has expired, and the prediction has no new one. Facts: PredictionId, Status.</summary>
    ResultExpired,

    // Media and files

    // Models

    // Chat

    // Account

    // Webhooks
}
