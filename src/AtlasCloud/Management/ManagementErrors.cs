using System.Globalization;
using System.Net;
using System.Text.Json;
using AtlasCloud.Http;
using AtlasCloud.Json;
using AtlasCloud.Text;

namespace AtlasCloud.Management;

/// <summary>Creates the errors about projects and API keys.</summary>
internal static class ManagementErrors
{
    /// <summary>The client has no management key.</summary>
    internal static AtlasCloudException NoKey(string description) => new(
        AtlasCloudErrorKind.NoSession, $"Requesting {description} needs a management key and there is none. Nothing was sent.")
    {
        Reason = AtlasCloudErrorReason.ManagementKeyMissing,
    };

    /// <summary>An input does not fit.</summary>
    internal static AtlasCloudException InvalidInput(string input, string value, string expected) => new(
        AtlasCloudErrorKind.InvalidParameter, $"'{value}' is not valid: {expected}. Nothing was sent.")
    {
        Reason = AtlasCloudErrorReason.ManagementInputInvalid,
        Input = input,
        Value = value,
    };

    /// <summary>An alert percentage is set without the monthly limit that it refers to.</summary>
    internal static AtlasCloudException AlertWithoutMonthlyLimit(int percent) => new(
        AtlasCloudErrorKind.InvalidParameter,
        string.Create(CultureInfo.InvariantCulture, $"The alert at {percent} % needs a monthly limit, and the budget has none. Nothing was sent."))
    {
        Reason = AtlasCloudErrorReason.AlertWithoutMonthlyLimit,
        Input = nameof(ProjectBudget.UsageAlertPercent),
        Value = percent.ToString(CultureInfo.InvariantCulture),
    };

    /// <summary>A success contains no ID.</summary>
    internal static AtlasCloudException Unreadable(string description, string? requestId) => new(
        AtlasCloudErrorKind.UnexpectedReply, $"The response to the request for {description} contains no object with an ID.")
    { RequestId = requestId };

    /// <summary>A list ends before its last page can be read.</summary>
    internal static AtlasCloudException PagesRepeat(string description) => new(
        AtlasCloudErrorKind.UnexpectedReply, $"The response to the request for {description} repeats a page, so the list is incomplete.");

    /// <summary>A change was sent once, and whether it was made is unknown.</summary>
    /// <param name="subject">What was to be changed.</param>
    /// <param name="cause">What happened to the request.</param>
    /// <param name="consequence">What is known about the outcome.</param>
    internal static AtlasCloudException OutcomeUnknown(ManagementSubject subject, AtlasCloudException cause, string consequence) => cause.With(
        AtlasCloudErrorKind.SubmitOutcomeUnknown,
        $"The outcome of the request for {subject.Description} is unknown: {cause.Message} {consequence}",
        subject.UnknownOutcome,
        value: subject.Value);

    /// <summary>Returns the failure in a response, with its kind and reason; null for a success.</summary>
    internal static AtlasCloudException? Find(ApiResponse response, ManagementSubject subject, string? key)
    {
        if (ResponseErrors.Find(response, subject.Description, key) is not AtlasCloudException failure)
        {
            return null;
        }

        (AtlasCloudErrorKind kind, AtlasCloudErrorReason reason) = failure.Status switch
        {
            HttpStatusCode.Unauthorized => (failure.Kind, AtlasCloudErrorReason.ManagementKeyRejected),
            HttpStatusCode.NotFound => (AtlasCloudErrorKind.ResourceNotFound, subject.Unknown),
            HttpStatusCode.Conflict => (AtlasCloudErrorKind.Conflict, FindConflict(response, subject)),
            _ => (failure.Kind, failure.Reason),
        };
        return failure.With(kind, reason: reason, value: subject.Value);
    }

    /// <summary>Whether a failed request can nevertheless have been executed.</summary>
    internal static bool IsOutcomeUnknown(AtlasCloudException failure) => !failure.IsNotSent
        && (failure.Kind is AtlasCloudErrorKind.ConnectionFailed or AtlasCloudErrorKind.RequestTimedOut or AtlasCloudErrorKind.ServiceUnavailable or AtlasCloudErrorKind.UnexpectedReply);

    private static AtlasCloudErrorReason FindConflict(ApiResponse response, ManagementSubject subject)
    {
        JsonElement? error = response.Json?.Member("error");
        string code = error?.Text("code") ?? "";
        string words = SafeText.Sanitize(error?.Text("message"));
        return code == ManagementNames.ProjectLimitCode ? AtlasCloudErrorReason.ProjectLimitReached
            : code.Contains(ManagementNames.Archived, StringComparison.OrdinalIgnoreCase)
                || (error?.Text("param") != ManagementNames.NameParameter && words.Contains(ManagementNames.Archived, StringComparison.OrdinalIgnoreCase)) ? AtlasCloudErrorReason.ProjectArchived
            : subject.NameTaken;
    }
}
