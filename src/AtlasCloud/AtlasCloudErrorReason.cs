namespace AtlasCloud;

/// <summary>
/// The specific cause of a failure within its <see cref="AtlasCloudErrorKind"/>. Each value has one factory in the library and one entry of advice in
/// the PowerShell module. Values may be added in any version, at the end of their area.
/// </summary>
public enum AtlasCloudErrorReason : long
{
    /// <summary>The kind says everything that is known.</summary>
    None,

    // Options, HTTP

    /// <summary>The API key contains characters that no HTTP header can carry.</summary>
    ApiKeyMalformed = 100,

    /// <summary>A base address is not an origin that a key may be sent to. Facts: Input, Value.</summary>
    BaseUriInvalid,

    /// <summary>The service rejected the model name when it evaluated the price. The name usually lacks its task.</summary>
    ModelNameIncomplete,

    /// <summary>The allowance of a coding-plan key is used up.</summary>
    CodingPlanExhausted,

    /// <summary>A gateway blocked the request, most likely because of its User-Agent header.</summary>
    BlockedByGateway,

    /// <summary>A proxy would receive the key in clear text, because the address is http. Facts: Input, Value (the proxy).</summary>
    ProxyReceivesKey,

    /// <summary>The address of the proxy is not valid. Facts: Input, Allowed (schemes).</summary>
    ProxyInvalid,

    /// <summary>The proxy requires a user name and password, or rejects the given ones. Facts: Input, Status.</summary>
    ProxyAuthenticationRequired,

    /// <summary>The TLS handshake failed, most likely because of the certificate. Nothing was sent.</summary>
    TlsFailed,

    /// <summary>The credential is an access token without the scope for the request. Facts: Value (the scope, if the service names it).</summary>
    ScopeMissing,

    /// <summary>The API key is one of a coding plan, which works for a few language models only.</summary>
    CodingPlanKey,

    /// <summary>The allowance of the API key, or the budget of its project, does not cover the request.</summary>
    KeyLimitExceeded,

    /// <summary>A management key was specified as API key. Facts: Input.</summary>
    ManagementKeyAsApiKey,

    /// <summary>A key that is not a management key was specified as management key. Facts: Input.</summary>
    NotAManagementKey,

    /// <summary>The credential is an access token that the service rejected. It may have expired.</summary>
    AccessTokenRejected,

    // Costs

    /// <summary>The price exceeds the limit for one request. Facts: Model, Amount, Limit.</summary>
    MaxCostExceeded = 200,

    /// <summary>The price exceeds what is left of the budget. Facts: Model, Amount, Limit (what is left).</summary>
    BudgetExhausted,

    /// <summary>The price is unknown although a cost limit is set. Facts: Model.</summary>
    PriceUnknown,

    // Requests

    /// <summary>No model was named.</summary>
    ModelRequired = 300,

    /// <summary>Inputs do not fit the model's schema. Facts: Model, Allowed (the model's inputs).</summary>
    InputsNotInSchema,

    /// <summary>Inputs do not fit, and the model publishes no schema. Facts: Model.</summary>
    InputsInvalid,

    /// <summary>The model belongs to another endpoint. Facts: Model, Value (the model's type).</summary>
    ModelTypeMismatch,

    /// <summary>A language model has no price per request. Facts: Model.</summary>
    NoPricePerRequest,

    /// <summary>The service cannot reach the webhook address. Facts: Value.</summary>
    WebhookUriNotReachable,

    /// <summary>The output expiration is not between 1 and 336 hours. Facts: Value (hours).</summary>
    OutputExpirationOutOfRange,

    /// <summary>The number of results is less than 1. Facts: Value.</summary>
    CountOutOfRange,

    /// <summary>A value has no JSON form. Facts: Value (its type).</summary>
    ValueNotSerializable,

    /// <summary>The model publishes no schema, or it is unavailable, so the inputs cannot be validated. Facts: Model.</summary>
    InputsNotValidated,

    /// <summary>A saved file has no metadata, so its request is unknown. Facts: Value (the path).</summary>
    MetadataMissing,

    /// <summary>Metadata contains no valid request. Facts: Value (the path).</summary>
    MetadataInvalid,

    /// <summary>A file that was uploaded for an earlier request is not available. Facts: Input, Value (the file name or the address).</summary>
    UploadNotFound,

    /// <summary>A file has changed since an earlier request was read. Facts: Value (the path).</summary>
    FileChanged,

    /// <summary>The JSON text of an input contains a member twice. Facts: Input, Value (the member).</summary>
    JsonMemberRepeated,

    // Submission and predictions

    /// <summary>The text cannot be a prediction ID. Facts: Value.</summary>
    PredictionIdInvalid = 400,

    /// <summary>The service does not know the prediction. Facts: PredictionId.</summary>
    PredictionUnknown,

    /// <summary>The prediction was still in flight at the end of the wait. Facts: PredictionId, Limit (seconds).</summary>
    WaitTimedOut,

    /// <summary>The prediction has already finished. Facts: PredictionId.</summary>
    AlreadyFinished,

    /// <summary>The service offers no way to cancel the prediction. Facts: PredictionId.</summary>
    CancelNotOffered,

    /// <summary>A request was sent, its outcome is unknown, and no journal remembers it. Facts: Model.</summary>
    OutcomeUnknown,

    /// <summary>A request was sent and its outcome is unknown. The journal remembers it. Facts: Model, Target (the journal entry).</summary>
    OutcomeUnknownInJournal,

    /// <summary>An open journal entry could not be matched with a task in the history. Facts: Model, Target (the journal entry).</summary>
    OpenEntryNotSettled,

    /// <summary>The client keeps no journal.</summary>
    NoJournal,

    /// <summary>An open journal entry was recorded with another API key. Facts: PredictionId (if known), Model, Target (the journal entry).</summary>
    OpenEntryOfAnotherKey,

    /// <summary>The wait ended without a status from the service. Facts: PredictionId, Limit (seconds); the inner exception is the last failure.</summary>
    WaitUnanswered,

    /// <summary>Earlier requests are to be reused, and the journal is turned off, or cannot be read or written. Facts: Value (its path, if there is one).</summary>
    ReuseNeedsJournal,

    /// <summary>The result of an earlier request is to be reused and is no longer available. Facts: PredictionId (if known), Model, Target (the journal entry).</summary>
    ReusedResultGone,

    /// <summary>The prediction was canceled on the service: it did not fail. Facts: PredictionId, Model (if known).</summary>
    PredictionCanceled,

    // Outputs

    /// <summary>The download stopped before the file was complete. Facts: PredictionId.</summary>
    DownloadInterrupted = 500,

    /// <summary>The address of the result has expired, and the prediction has no new one. Facts: PredictionId, Status.</summary>
    ResultExpired,

    /// <summary>The file is larger than the caller allows. Facts: PredictionId, Limit (bytes).</summary>
    FileTooLarge,

    /// <summary>The address of the result is not https or not public. Facts: Value.</summary>
    DownloadAddressNotAllowed,

    /// <summary>The target file exists. Facts: Value (its path).</summary>
    TargetExists,

    /// <summary>The target file may be replaced, but another program has it open or it is read-only. Facts: Value (its path).</summary>
    TargetNotReplaceable,

    /// <summary>The destination is a file, not a folder. Facts: Value (its path).</summary>
    DestinationIsFile,

    /// <summary>The file name template is malformed. Facts: Allowed (the placeholders).</summary>
    NameTemplateInvalid,

    /// <summary>The prediction has not finished, so there is nothing to save. Facts: PredictionId.</summary>
    PredictionNotFinished,

    /// <summary>The disk is full. Facts: Value (the folder).</summary>
    DiskFull,

    /// <summary>The user's disk quota is exhausted. Facts: Value (the folder).</summary>
    DiskQuotaExceeded,

    /// <summary>The file system does not support files of this size. Facts: Value (the folder).</summary>
    FileTooLargeForFileSystem,

    /// <summary>The folder cannot be written. Facts: Value (the folder).</summary>
    FolderNotWritable,

    /// <summary>The prediction completed, and outputs in its response could not be read. Facts: PredictionId.</summary>
    OutputsUnreadable,

    /// <summary>The host sent something that is not a result, such as a web page or a message. Facts: PredictionId.</summary>
    ContentNotAResult,

    // Media and files

    /// <summary>The path of a file to send is a folder. Facts: Value (the path).</summary>
    FileIsFolder = 600,

    /// <summary>The file to send does not exist. Facts: Value (the path).</summary>
    FileMissing,

    /// <summary>The file to send does not exist, and its path looks like a web address without its scheme. Facts: Value (the path).</summary>
    AddressWithoutScheme,

    /// <summary>The file to send is empty or not a regular file. Facts: Value (the path).</summary>
    FileEmpty,

    /// <summary>The file to send cannot be read. Facts: Value (the path).</summary>
    FileUnreadable,

    /// <summary>A text for a media input contains several addresses. Facts: Value (the text).</summary>
    SeveralAddresses,

    // Models

    /// <summary>No model has the name. Facts: Value, Allowed (similar IDs).</summary>
    ModelUnknown = 700,

    /// <summary>Several models match the name. Facts: Value, Allowed (their IDs).</summary>
    ModelNameAmbiguous,

    /// <summary>The model has no input of the name. Facts: Model, Value, Allowed (its inputs).</summary>
    InputNotFound,

    // Chat

    /// <summary>The conversation to continue contains no messages.</summary>
    ConversationEmpty = 800,

    /// <summary>The chat request contains no message. Facts: Input.</summary>
    ChatMessageMissing,

    /// <summary>The JSON schema of the reply is not a JSON object, or contains a member twice. Facts: Input.</summary>
    JsonSchemaMalformed,

    /// <summary>The model is not a language model. Facts: Input, Value (its type), Model.</summary>
    NotALanguageModel,

    /// <summary>The chat protocol does not exist. Facts: Input, Value, Allowed.</summary>
    ChatProtocolUnknown,

    /// <summary>The model does not support the chat protocol. Facts: Input, Value, Model, Allowed (the protocols that can be used; may be empty).</summary>
    ChatProtocolUnsupported,

    /// <summary>The response does not follow the protocol. Facts: Value (the protocol), Model.</summary>
    ChatProtocolMismatch,

    /// <summary>The model does not accept this kind of media. Facts: Input (the modality), Model, Allowed (modalities).</summary>
    ChatModalityUnsupported,

    /// <summary>The protocol does not accept this kind of media. Facts: Input (the modality), Value (the protocol), Allowed (protocols of the model that do; may be empty).</summary>
    ChatProtocolWithoutModality,

    /// <summary>The protocol has no stop sequences. Facts: Input, Value (the protocol), Allowed (protocols of the model that have them; may be empty).</summary>
    ChatStopUnsupported,

    /// <summary>The protocol accepts audio as data only, and an address was given. Facts: Input.</summary>
    ChatAudioByAddress,

    /// <summary>The protocol does not accept this audio format. Facts: Input, Value (the content type), Allowed (formats).</summary>
    ChatAudioFormatUnsupported,

    /// <summary>The audio file is too large to be sent as data. Facts: Input, Limit (bytes).</summary>
    ChatAudioTooLarge,

    /// <summary>The service rejected the request, most likely because of sampling parameters that the model does not support.
    /// Facts: Input (the parameters, separated by commas), Value (the protocol), Model, Allowed (other protocols to try).</summary>
    ChatSamplingUnsupported,

    /// <summary>The service rejected the request without a cause. Facts: Input (sampling parameters, separated by commas; may be null), Value (the protocol),
    /// Model, Allowed (other protocols to try).</summary>
    ChatRequestRefused,

    /// <summary>The reply does not match the JSON schema, nor does its correction. Facts: Model.</summary>
    StructuredReplyMismatch,

    /// <summary>The reply does not match the JSON schema because it was cut at its length limit. Facts: Model.</summary>
    StructuredReplyTruncated,

    // Account

    /// <summary>The key may not read the billing data of the whole account.</summary>
    AccountBillingForbidden = 900,

    /// <summary>The key may not read billing data.</summary>
    BillingForbidden,

    /// <summary>The service rejected the grouping of billing rows.</summary>
    BillingGroupingRejected,

    /// <summary>The billing period contains no day. Facts: Input, Value.</summary>
    BillingPeriodEmpty,

    // Webhooks

    /// <summary>The public keys of the service could not be read, so nothing is known about the delivery.</summary>
    WebhookKeysUnavailable = 1000,

    // Assets

    /// <summary>The type of an asset's source is neither image, video nor audio, or is unknown. Facts: Value (the source).</summary>
    AssetKindUnknown = 1200,

    /// <summary>The source of an asset is of another type than stated. Facts: Value (its type).</summary>
    AssetKindMismatch,

    /// <summary>The asset library does not accept the format. Facts: Value (the extension), Allowed (extensions).</summary>
    AssetFormatUnsupported,

    /// <summary>The image is larger than the asset library accepts. Facts: Value (the source), Limit (bytes).</summary>
    AssetTooLarge,

    /// <summary>The asset library does not accept the size of the image in pixels. Facts: Value (the size).</summary>
    AssetDimensionsUnsupported,

    /// <summary>The source of an asset is not a file or an address that the service can fetch. Facts: Value (the source).</summary>
    AssetSourceUnsupported,

    /// <summary>The service cannot reach the address of an asset's source. Facts: Value (the address).</summary>
    AssetAddressNotPublic,

    /// <summary>The name of an asset is empty.</summary>
    AssetNameEmpty,

    /// <summary>The text cannot be the ID of an asset. Facts: Value.</summary>
    AssetIdInvalid,

    /// <summary>The asset library has no such asset. Facts: Value (the ID).</summary>
    AssetUnknown,

    /// <summary>The service rejected the media of an asset. Facts: Value (the ID), Target (the asset).</summary>
    AssetFailed,

    /// <summary>The service was still checking the asset at the end of the wait. Facts: Value (the ID), Limit (seconds), Target (the asset).</summary>
    AssetStillProcessing,

    /// <summary>An asset that is not active was used as an input. Facts: Value (the ID), Target (the asset).</summary>
    AssetNotActive,

    /// <summary>The registration of an asset was sent, and its outcome is unknown. Facts: Target (the address).</summary>
    AssetOutcomeUnknown,

    /// <summary>The request was refused, or the prediction failed, with media that the model may accept only as registered assets. Facts: PredictionId (if there is one), Model, Input (the inputs).</summary>
    MediaNotRegistered,

    // Management

    /// <summary>The client has no management key.</summary>
    ManagementKeyMissing = 1100,

    /// <summary>The service rejected the management key: unknown, expired or disabled.</summary>
    ManagementKeyRejected,

    /// <summary>The service knows no such project in this team. Facts: Value (the ID).</summary>
    ProjectUnknown,

    /// <summary>The service knows no such API key in this team, or it was removed. Facts: Value (the public ID).</summary>
    ApiKeyUnknown,

    /// <summary>The team has the maximum number of active projects.</summary>
    ProjectLimitReached,

    /// <summary>A project of the account has the name, possibly an archived one. Facts: Value (the name).</summary>
    ProjectNameTaken,

    /// <summary>An API key of the account has the name. Facts: Value (the name).</summary>
    ApiKeyNameTaken,

    /// <summary>The project is archived and cannot be changed. Facts: Value (the ID).</summary>
    ProjectArchived,

    /// <summary>The creation of a project was sent and its outcome is unknown. Facts: Value (the name).</summary>
    ProjectOutcomeUnknown,

    /// <summary>The creation of an API key was sent and its outcome is unknown. If the key exists, its secret is lost. Facts: Value (the name).</summary>
    ApiKeyOutcomeUnknown,

    /// <summary>A change that is not retried was sent and its outcome is unknown. Repeating it has no further effect. Facts: Value (the ID).</summary>
    ManagementOutcomeUnknown,

    /// <summary>An alert percentage needs a monthly limit. Facts: Input, Value.</summary>
    AlertWithoutMonthlyLimit,

    /// <summary>A name, ID, amount or time does not fit. Facts: Input, Value.</summary>
    ManagementInputInvalid,

    // Defaults

    /// <summary>The file of the user's defaults cannot be read or written, or a value in it is not valid. Facts: Value (the path).</summary>
    DefaultsInvalid = 1300,
}
