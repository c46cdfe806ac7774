using System.Management.Automation;
using System.Net.Sockets;

namespace AtlasCloud.PowerShell.Pipeline;

/// <summary>
/// The one place where a failure becomes what scripts branch on. Ids and categories are promises. The categories are checked by
/// the compiler and kept as names.
/// </summary>
internal static class ErrorTable
{
    private const string TakeUpAgain = "Get-AtlasPrediction <id> | Wait-AtlasPrediction takes up a wait again.";

    internal static ErrorDescription Describe(AtlasCloudErrorKind kind) => kind switch
    {
        AtlasCloudErrorKind.Authentication => Final(kind, nameof(ErrorCategory.AuthenticationError),
            "Check the key, and check the address too: the service answers 401 to a path that it does not know. Test with Get-AtlasBalance."),
        AtlasCloudErrorKind.PermissionDenied => Of(kind, nameof(ErrorCategory.PermissionDenied),
            "Use a key that may do this: see https://www.atlascloud.ai/console/api-keys."),
        AtlasCloudErrorKind.InsufficientBalance => Of(kind, nameof(ErrorCategory.QuotaExceeded),
            "Top up at https://www.atlascloud.ai/console/billing, then run the command again. What failed was not charged."),
        AtlasCloudErrorKind.BudgetExceeded => Of(kind, nameof(ErrorCategory.LimitsExceeded),
            "Nothing was submitted. Measure-AtlasCost shows prices. Ask for less, raise -MaxCost, or go on with a session that has a larger -Budget."),
        AtlasCloudErrorKind.InvalidParameter => Of(kind, nameof(ErrorCategory.InvalidArgument),
            "Check the value that the message names; Get-AtlasModelParameter shows what a model takes."),
        AtlasCloudErrorKind.ModelNotFound => Of(kind, nameof(ErrorCategory.ObjectNotFound),
            "Run Get-AtlasModel to see what there is; -Refresh reads the catalog anew."),
        AtlasCloudErrorKind.ModelAmbiguous => Of(kind, nameof(ErrorCategory.InvalidArgument),
            "Give the whole id of the model, as Get-AtlasModel shows it."),
        AtlasCloudErrorKind.PredictionNotFound => Of(kind, nameof(ErrorCategory.ObjectNotFound),
            "Check the id, and that the key belongs to the account which made it. Get-AtlasPrediction -History shows what the account has."),
        AtlasCloudErrorKind.PredictionFailed => Of(kind, nameof(ErrorCategory.InvalidResult),
            "Look at the Error of the prediction in TargetObject. If the input is not at fault, submit it again."),
        AtlasCloudErrorKind.PredictionTimedOut => Of(kind, nameof(ErrorCategory.OperationTimeout),
            "It goes on at the service and may be charged. Wait for it again with a longer -Timeout; " + TakeUpAgain),
        AtlasCloudErrorKind.ContentBlocked => Of(kind, nameof(ErrorCategory.InvalidData),
            "Change the prompt or the media that moderation objected to. The same input would be refused again."),
        AtlasCloudErrorKind.RateLimited => Of(kind, nameof(ErrorCategory.LimitsExceeded),
            "Lower -ThrottleLimit, or wait a moment and run the command again. What was refused was not charged."),
        AtlasCloudErrorKind.PayloadTooLarge => Of(kind, nameof(ErrorCategory.LimitsExceeded),
            "Make the media smaller, or upload it with Send-AtlasMedia and pass on what comes back."),
        AtlasCloudErrorKind.RegionBlocked => Of(kind, nameof(ErrorCategory.PermissionDenied),
            "The service is not offered where this request came from. Ask its support, or use a connection that is allowed."),
        AtlasCloudErrorKind.ServiceUnavailable => Of(kind, nameof(ErrorCategory.ResourceUnavailable),
            "The service has trouble of its own. Try again later; " + TakeUpAgain),
        AtlasCloudErrorKind.ConnectionFailed => Of(kind, nameof(ErrorCategory.ConnectionError),
            "Check the network, -BaseUri and -Proxy of the session; " + TakeUpAgain),
        AtlasCloudErrorKind.RequestTimedOut => Of(kind, nameof(ErrorCategory.OperationTimeout),
            "Try again, or give the session a longer -RequestTimeout."),
        AtlasCloudErrorKind.SubmitOutcomeUnknown => Of(kind, nameof(ErrorCategory.OperationStopped),
            "Do not send it again: it may have been accepted and charged. Get-AtlasPrediction -Pending looks for it in the history and collects it if it is there."),
        AtlasCloudErrorKind.UnexpectedReply => Of(kind, nameof(ErrorCategory.ProtocolError),
            "Check that the address is the service's and that no proxy answers in its place; -Debug shows the reply."),
        AtlasCloudErrorKind.DownloadIncomplete => Of(kind, nameof(ErrorCategory.ReadError),
            "Run Save-AtlasOutput again for this prediction: no part of it was left behind, and it costs nothing."),
        AtlasCloudErrorKind.FileExists => Of(kind, nameof(ErrorCategory.ResourceExists),
            "Use -Force to overwrite it, or another -Destination or -Name."),
        AtlasCloudErrorKind.UploadFailed => Of(kind, nameof(ErrorCategory.WriteError),
            "Check that the file can be read and that its type is one the service takes, then send it again: an upload costs nothing."),
        AtlasCloudErrorKind.StreamInterrupted => Of(kind, nameof(ErrorCategory.ConnectionError),
            "What arrived was returned, marked as interrupted. Ask again, or pass it as -Conversation and ask to go on."),
        AtlasCloudErrorKind.NoSession => Final(kind, nameof(ErrorCategory.AuthenticationError),
            "Set $env:ATLASCLOUD_API_KEY, or run Connect-Atlas -ApiKey (Read-Host -AsSecureString)."),
        AtlasCloudErrorKind.NotCancellable => Of(kind, nameof(ErrorCategory.NotImplemented),
            "It runs on and is charged. Its result can still be had with Wait-AtlasPrediction | Save-AtlasOutput."),
        AtlasCloudErrorKind.WebhookRejected => Of(kind, nameof(ErrorCategory.SecurityError),
            "Do not act on it, and answer it with an error. If it should be real, check that the body is raw, as it came, and that the clock of this machine is right."),
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "An error kind without a description."),
    };

    /// <summary>The same for what else can go wrong on the way: files, inputs, and faults of this module.</summary>
    internal static ErrorDescription Describe(Exception exception) => exception switch
    {
        AtlasCloudException { Kind: AtlasCloudErrorKind kind } => Describe(kind),
        FileNotFoundException => new("FileNotFound", nameof(ErrorCategory.ObjectNotFound), "Check the path."),
        DirectoryNotFoundException => new("DirectoryNotFound", nameof(ErrorCategory.ObjectNotFound), "Check the path, or make the folder first."),
        PathTooLongException => new("PathTooLong", nameof(ErrorCategory.InvalidArgument), "Use a shorter path."),
        IOException { InnerException: SocketException { SocketErrorCode: SocketError.AddressAlreadyInUse or SocketError.AccessDenied } } => new("PortInUse", nameof(ErrorCategory.ResourceBusy),
            "Leave -Port out to take a free one, or end the program that has it."),
        IOException => new("FileAccessFailed", nameof(ErrorCategory.ResourceUnavailable),
            "Check that no other program holds the file, and that the disk is not full."),
        UnauthorizedAccessException => new("FileAccessDenied", nameof(ErrorCategory.PermissionDenied),
            "Check that you may read and write there, and that the path is not a folder."),
        ArgumentException or FormatException => new("InvalidParameter", nameof(ErrorCategory.InvalidArgument), "Check the value that the message names."),
        TimeoutException => new("RequestTimedOut", nameof(ErrorCategory.OperationTimeout), "Try again."),
        OperationCanceledException => new("OperationCanceled", nameof(ErrorCategory.OperationStopped), "Run the command again."),
        NotSupportedException => new("NotSupported", nameof(ErrorCategory.NotImplemented), "The message says what is not supported."),
        _ => new("UnexpectedError", nameof(ErrorCategory.InvalidOperation),
            "This is a fault of the module. Please report it, with what Get-Error shows."),
    };

    private static ErrorDescription Of(AtlasCloudErrorKind kind, string category, string advice) => new(kind.ToString(), category, advice);

    private static ErrorDescription Final(AtlasCloudErrorKind kind, string category, string advice) =>
        new(kind.ToString(), category, advice, IsFinal: true);
}
