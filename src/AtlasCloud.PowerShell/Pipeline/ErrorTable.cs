using System.Management.Automation;
using System.Net.Sockets;
using AtlasCloud.PowerShell.Video;

namespace AtlasCloud.PowerShell.Pipeline;

/// <summary>
/// Maps failures to error IDs, categories and the recommended action per kind. IDs and categories are stable: scripts branch on them. Categories are
/// names, since the enum is defined in the engine.
/// </summary>
internal static class ErrorTable
{
    internal static ErrorDescription Describe(AtlasCloudErrorKind kind) => kind switch
    {
        AtlasCloudErrorKind.Authentication => CreateTerminating(kind, nameof(ErrorCategory.AuthenticationError),
            "Check the API key and the base URL: the service also returns 401 for a wrong URL. Test-AtlasSession distinguishes the two."),
        AtlasCloudErrorKind.PermissionDenied => Create(kind, nameof(ErrorCategory.PermissionDenied),
            "Use an API key with this permission: see https://www.atlascloud.ai/console/api-keys."),
        AtlasCloudErrorKind.InsufficientBalance => Create(kind, nameof(ErrorCategory.QuotaExceeded),
            "Top up at https://www.atlascloud.ai/console/billing, then run the command again. The failed request was not charged."),
        AtlasCloudErrorKind.BudgetExceeded => Create(kind, nameof(ErrorCategory.LimitsExceeded),
            "Nothing was submitted. Measure-AtlasCost shows prices. Reduce the request, raise -MaxCost, or use a session with a larger -Budget."),
        AtlasCloudErrorKind.InvalidParameter => Create(kind, nameof(ErrorCategory.InvalidArgument),
            "Correct the value in the message. Get-AtlasModelParameter shows the values that a model accepts."),
        AtlasCloudErrorKind.ModelNotFound => Create(kind, nameof(ErrorCategory.ObjectNotFound),
            "Run Get-AtlasModel to list the models. -Refresh requests the current catalog."),
        AtlasCloudErrorKind.ModelAmbiguous => Create(kind, nameof(ErrorCategory.InvalidArgument),
            "Specify the whole ID of the model, as Get-AtlasModel shows it."),
        AtlasCloudErrorKind.PredictionNotFound => Create(kind, nameof(ErrorCategory.ObjectNotFound),
            "Check the ID, and whether the API key belongs to the account that submitted it. Get-AtlasPrediction -History lists the predictions of the account."),
        AtlasCloudErrorKind.PredictionFailed => Create(kind, nameof(ErrorCategory.InvalidResult),
            "See the Error property of the prediction in TargetObject. If the input is valid, submit it again."),
        AtlasCloudErrorKind.PredictionTimedOut => Create(kind, nameof(ErrorCategory.OperationTimeout),
            "The prediction continues on the service and may be charged. Wait again with a longer -Timeout."),
        AtlasCloudErrorKind.ContentBlocked => Create(kind, nameof(ErrorCategory.InvalidData),
            "Change the prompt or the media that moderation rejected. The same input would be rejected again."),
        AtlasCloudErrorKind.RateLimited => Create(kind, nameof(ErrorCategory.LimitsExceeded),
            "Lower -ThrottleLimit, or wait a moment and run the command again. The rejected request was not charged."),
        AtlasCloudErrorKind.PayloadTooLarge => Create(kind, nameof(ErrorCategory.LimitsExceeded),
            "Reduce the size of the media, or upload it with Send-AtlasMedia and use its output."),
        AtlasCloudErrorKind.RegionBlocked => Create(kind, nameof(ErrorCategory.PermissionDenied),
            "The service is not available in the region of this connection. Contact its support."),
        AtlasCloudErrorKind.ServiceUnavailable => Create(kind, nameof(ErrorCategory.ResourceUnavailable),
            "Try again later."),
        AtlasCloudErrorKind.ConnectionFailed => Create(kind, nameof(ErrorCategory.ConnectionError),
            "Check the network, and -BaseUri and -Proxy of the session. Test-AtlasSession helps."),
        AtlasCloudErrorKind.RequestTimedOut => Create(kind, nameof(ErrorCategory.OperationTimeout),
            "Try again, or use a session with a longer -RequestTimeout."),
        AtlasCloudErrorKind.SubmitOutcomeUnknown => Create(kind, nameof(ErrorCategory.OperationStopped),
            "Do not submit it again: it may have been accepted and charged. Get-AtlasPrediction -Pending looks for it in the history and returns it if it is found."),
        AtlasCloudErrorKind.UnexpectedReply => Create(kind, nameof(ErrorCategory.ProtocolError),
            "Check the base URL, and whether a proxy responds in place of the service. -Debug shows the response."),
        AtlasCloudErrorKind.DownloadIncomplete => Create(kind, nameof(ErrorCategory.ReadError),
            "Run Save-AtlasOutput again for this prediction. No partial file remains, and downloads are free."),
        AtlasCloudErrorKind.FileExists => Create(kind, nameof(ErrorCategory.ResourceExists),
            "Use -Force to overwrite the file, or another -Destination or -Name. The output stays available, and saving it again is free."),
        AtlasCloudErrorKind.UploadFailed => Create(kind, nameof(ErrorCategory.WriteError),
            "Check whether the file is readable and the service accepts its type, then upload it again. Uploads are free."),
        AtlasCloudErrorKind.StreamInterrupted => Create(kind, nameof(ErrorCategory.ConnectionError),
            "Send the message again, or pass the partial reply as -Conversation and ask the model to continue."),
        AtlasCloudErrorKind.NoSession => CreateTerminating(kind, nameof(ErrorCategory.AuthenticationError),
            "Set $env:ATLASCLOUD_API_KEY, or run Connect-Atlas -ApiKey (Read-Host -AsSecureString). To try the module without an API key, run Connect-Atlas -Emulator."),
        AtlasCloudErrorKind.NotCancellable => Create(kind, nameof(ErrorCategory.NotImplemented),
            "Save the outputs with Wait-AtlasPrediction | Save-AtlasOutput. A prediction that is still running continues and is charged."),
        AtlasCloudErrorKind.WebhookRejected => Create(kind, nameof(ErrorCategory.SecurityError),
            "Do not act on the delivery, and respond with an error. "
            + "If you expect it to be genuine, check that -RawBody is the unmodified request body and that the clock of this machine is correct."),
        AtlasCloudErrorKind.AssetNotFound => Create(kind, nameof(ErrorCategory.ObjectNotFound),
            "Run Get-AtlasAsset to list the assets, and check whether the API key belongs to the account that registered it."),
        AtlasCloudErrorKind.Conflict => Create(kind, nameof(ErrorCategory.ResourceExists),
            "Compare the request with the state of the account, as the message describes it. Nothing was changed."),
        AtlasCloudErrorKind.ResourceNotFound => Create(kind, nameof(ErrorCategory.ObjectNotFound),
            "Check the name or the ID. Get-AtlasProject lists the projects of the team."),
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "The error kind has no description."),
    };

    /// <summary>Describes other exceptions: files, inputs, and bugs of this module.</summary>
    internal static ErrorDescription Describe(Exception exception) => exception switch
    {
        AtlasCloudException { Kind: AtlasCloudErrorKind kind } => Describe(kind),
        FFmpegException { IsMissing: true } => new("FFmpegNotFound", nameof(ErrorCategory.ObjectNotFound),
            "Install ffmpeg, and open a new shell: winget install Gyan.FFmpeg, brew install ffmpeg, or the package ffmpeg of the Linux distribution."),
        FFmpegException => new("FFmpegFailed", nameof(ErrorCategory.InvalidResult), "Check whether every clip plays, and whether this build of ffmpeg has the encoders libx264 and aac."),
        FileNotFoundException => new("FileNotFound", nameof(ErrorCategory.ObjectNotFound), "Check the path."),
        DirectoryNotFoundException => new("DirectoryNotFound", nameof(ErrorCategory.ObjectNotFound), "Check the path, or create the folder first."),
        PathTooLongException => new("PathTooLong", nameof(ErrorCategory.InvalidArgument), "Use a shorter path."),
        IOException { InnerException: SocketException { SocketErrorCode: SocketError.AddressAlreadyInUse or SocketError.AccessDenied } } => new("PortInUse", nameof(ErrorCategory.ResourceBusy),
            "Omit -Port to use a free port, or end the program that uses it."),
        IOException => new("FileAccessFailed", nameof(ErrorCategory.ResourceUnavailable),
            "Check whether another program has the file open and whether the disk is full."),
        UnauthorizedAccessException => new("FileAccessDenied", nameof(ErrorCategory.PermissionDenied),
            "Check the permissions, and whether the path is a folder."),
        ArgumentException or FormatException => new("InvalidParameter", nameof(ErrorCategory.InvalidArgument), "Correct the value in the message."),
        TimeoutException => new("RequestTimedOut", nameof(ErrorCategory.OperationTimeout), "Try again."),
        OperationCanceledException => new("OperationCanceled", nameof(ErrorCategory.OperationStopped), "Run the command again."),
        NotSupportedException => new("NotSupported", nameof(ErrorCategory.NotImplemented), "Use an operation that is supported, as described in the message."),
        _ => new("UnexpectedError", nameof(ErrorCategory.InvalidOperation),
            "This is a bug of the module. Please report it with the output of Get-Error."),
    };

    private static ErrorDescription Create(AtlasCloudErrorKind kind, string category, string advice) => new(kind.ToString(), category, advice);

    private static ErrorDescription CreateTerminating(AtlasCloudErrorKind kind, string category, string advice) =>
        new(kind.ToString(), category, advice, IsTerminating: true);
}
