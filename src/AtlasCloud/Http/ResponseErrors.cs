using System.Net;
using System.Text.Json;
using AtlasCloud.Json;
using AtlasCloud.Text;

namespace AtlasCloud.Http;

/// <summary>Creates the exception for a response that is not a success, with the service's own message.</summary>
internal static class ResponseErrors
{
    private static readonly string[] s_moderationWords = ["moderat", "polic", "prohibit", "infring", "sensitive", "nsfw"];

    /// <summary>Throws if the status or the body says that the request failed.</summary>
    /// <param name="reply">The response.</param>
    /// <param name="what">What was requested, for the message.</param>
    /// <param name="key">The API key, for redaction.</param>
    /// <exception cref="AtlasCloudException">The request failed.</exception>
    internal static void ThrowIfFailed(ApiResponse reply, string what, string? key)
    {
        if (Find(reply, what, key) is AtlasCloudException exception)
        {
            throw exception;
        }
    }

    /// <summary>The JSON of a successful response.</summary>
    /// <exception cref="AtlasCloudException">The request failed, or the response is not JSON.</exception>
    internal static JsonElement JsonOf(ApiResponse reply, string what, string? key)
    {
        ThrowIfFailed(reply, what, key);
        return reply.Json ?? throw new AtlasCloudException(
            AtlasCloudErrorKind.UnexpectedReply,
            $"The response to the request for {what} is not JSON: \"{SafeText.Sanitize(reply.Text, key, 120)}\".{RequestIdNote(reply)}")
        {
            Status = reply.Status,
            RequestId = reply.RequestId,
        };
    }

    /// <summary>The exception for a failed response; null for a success.</summary>
    internal static AtlasCloudException? Find(ApiResponse reply, string what, string? key)
    {
        int status = reply.EffectiveStatus;
        if (status == 200)
        {
            return null;
        }

        string words = SafeText.Sanitize(FindMessage(reply), key);
        string said = words.Length > 0 ? $": \"{words}\"" : "";
        string page = words.Length == 0 && IsHtml(reply) ? " The response is an HTML page, not JSON." : "";
        return new AtlasCloudException(GetKind(status, words), $"The request for {what} failed (HTTP {status}{said}).{page}{RequestIdNote(reply)}")
        {
            Status = status is >= 100 and < 600 ? (HttpStatusCode)status : reply.Status,
            RequestId = reply.RequestId,
            ServerMessage = words.Length > 0 ? words : null,
            Reason = IsScopeMissing(reply) ? AtlasCloudErrorReason.ScopeMissing
                : status == 401 && AccessToken.IsAccessToken(key) ? AtlasCloudErrorReason.AccessTokenRejected
                : ReasonFor(status, words),
            Value = IsScopeMissing(reply) ? reply.RequiredScope : null,
            RetryAfter = reply.RetryAfter,
        };
    }

    /// <summary>The service's message, from the first of the members that can contain one; null for an HTML page without a title.</summary>
    internal static string? FindMessage(ApiResponse reply)
    {
        if (reply.Json is not JsonElement json)
        {
            return IsHtml(reply) ? HtmlTitle(reply.Text) : reply.Text;
        }

        return FindErrorMessage(json) ?? reply.Status.ToString();
    }

    /// <summary>The message of an error member, which can be text or an object.</summary>
    internal static string? FindErrorMessage(JsonElement json) =>
        json.Text("msg", "message")
        ?? (json.Member("error") is JsonElement error
            ? error.AsText() ?? error.Text("message", "msg", "error", "detail", "reason")
            : null)
        ?? json.Text("detail", "reason");

    /// <summary>Whether a message is about content moderation.</summary>
    internal static bool IsAboutModeration(string? words) =>
        words is not null && s_moderationWords.Any(w => words.Contains(w, StringComparison.OrdinalIgnoreCase));

    internal static AtlasCloudErrorKind GetKind(int status, string words) => status switch
    {
        400 or 422 when IsAboutModeration(words) => AtlasCloudErrorKind.ContentBlocked,
        400 when words.Contains("router not found", StringComparison.OrdinalIgnoreCase) => AtlasCloudErrorKind.ModelNotFound,
        400 when words.Contains("evaluate price", StringComparison.OrdinalIgnoreCase) => AtlasCloudErrorKind.ModelNotFound,
        400 or 405 or 406 or 415 or 422 => AtlasCloudErrorKind.InvalidParameter,
        401 => AtlasCloudErrorKind.Authentication,
        402 => AtlasCloudErrorKind.InsufficientBalance,
        403 => AtlasCloudErrorKind.PermissionDenied,
        404 when words.Contains("model", StringComparison.OrdinalIgnoreCase) => AtlasCloudErrorKind.ModelNotFound,
        404 => AtlasCloudErrorKind.PredictionNotFound,
        408 => AtlasCloudErrorKind.RequestTimedOut,
        409 => AtlasCloudErrorKind.Conflict,
        413 => AtlasCloudErrorKind.PayloadTooLarge,
        429 => AtlasCloudErrorKind.RateLimited,
        451 => AtlasCloudErrorKind.RegionBlocked,
        >= 500 and < 600 => AtlasCloudErrorKind.ServiceUnavailable,
        ServiceErrorCodes.BlockedByModeration or ServiceErrorCodes.RealPersonDetected => AtlasCloudErrorKind.ContentBlocked,
        _ => AtlasCloudErrorKind.UnexpectedReply,
    };

    private static AtlasCloudErrorReason ReasonFor(int status, string words) => status switch
    {
        400 when words.Contains("evaluate price", StringComparison.OrdinalIgnoreCase) => AtlasCloudErrorReason.ModelNameIncomplete,
        402 when words.Contains("coding plan", StringComparison.OrdinalIgnoreCase) => AtlasCloudErrorReason.CodingPlanExhausted,
        403 when words.Contains("coding plan", StringComparison.OrdinalIgnoreCase) => AtlasCloudErrorReason.CodingPlanKey,
        402 when words.Contains("allowance", StringComparison.OrdinalIgnoreCase) || words.Contains("budget", StringComparison.OrdinalIgnoreCase) => AtlasCloudErrorReason.KeyLimitExceeded,
        403 when words.Contains("1010", StringComparison.Ordinal) || words.Contains("Access denied", StringComparison.OrdinalIgnoreCase) => AtlasCloudErrorReason.BlockedByGateway,
        _ => AtlasCloudErrorReason.None,
    };

    private static bool IsScopeMissing(ApiResponse reply) =>
        reply.EffectiveStatus == 403 && reply.Json?.Member("error") is JsonElement error && (error.Text("code", "error") ?? error.AsText()) == "insufficient_scope";

    private static string RequestIdNote(ApiResponse reply) => reply.RequestId is string id ? $" Request ID: {SafeText.Sanitize(id, length: 100)}." : "";

    private static bool IsHtml(ApiResponse reply) => reply.Json is null && reply.Text.TrimStart().StartsWith('<');

    private static string? HtmlTitle(string html)
    {
        int start = html.IndexOf("<title>", StringComparison.OrdinalIgnoreCase);
        int end = start < 0 ? -1 : html.IndexOf("</title>", start, StringComparison.OrdinalIgnoreCase);
        return end < 0 ? null : WebUtility.HtmlDecode(html[(start + "<title>".Length)..end]);
    }
}
