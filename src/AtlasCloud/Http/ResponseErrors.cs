using System.Net;
using System.Text.Json;
using AtlasCloud.Json;
using AtlasCloud.Text;

namespace AtlasCloud.Http;

/// <summary>Turns a reply that is no success into the exception that says so, in the service's own words.</summary>
internal static class ResponseErrors
{
    private static readonly string[] s_moderationWords = ["moderat", "polic", "prohibit", "infring", "sensitive", "nsfw"];

    /// <summary>Throws if the status or the body says that the request failed.</summary>
    /// <param name="reply">The answer.</param>
    /// <param name="what">What was asked for, in words.</param>
    /// <param name="key">The key, to keep it out of the message.</param>
    /// <exception cref="AtlasCloudException">The request failed.</exception>
    internal static void ThrowIfFailed(ApiResponse reply, string what, string? key)
    {
        if (Find(reply, what, key) is AtlasCloudException exception)
        {
            throw exception;
        }
    }

    /// <summary>The reply's JSON, once it is known to be a success.</summary>
    /// <exception cref="AtlasCloudException">The request failed, or what came is no JSON.</exception>
    internal static JsonElement JsonOf(ApiResponse reply, string what, string? key)
    {
        ThrowIfFailed(reply, what, key);
        return reply.Json ?? throw new AtlasCloudException(
            AtlasCloudErrorKind.UnexpectedReply,
            $"The answer to {what} is not JSON: \"{SafeText.Sanitize(reply.Text, key, 120)}\".{RequestIdNote(reply)}")
        {
            Status = reply.Status,
            RequestId = reply.RequestId,
        };
    }

    /// <summary>The failure in a reply; null for a success.</summary>
    internal static AtlasCloudException? Find(ApiResponse reply, string what, string? key)
    {
        int status = reply.EffectiveStatus;
        if (status == 200)
        {
            return null;
        }

        string words = SafeText.Sanitize(Words(reply), key);
        string said = words.Length > 0 ? $": \"{words}\"" : "";
        return new AtlasCloudException(KindOf(status, words), $"The service refused {what} (HTTP {status}{said}).{RequestIdNote(reply)}")
        {
            Status = status is >= 100 and < 600 ? (HttpStatusCode)status : reply.Status,
            RequestId = reply.RequestId,
            ServerMessage = words.Length > 0 ? words : null,
            Reason = ReasonFor(status, words),
            RetryAfter = reply.RetryAfter,
        };
    }

    /// <summary>The service's own words: the first that is there of the places where they have been seen.</summary>
    internal static string? Words(ApiResponse reply)
    {
        if (reply.Json is not JsonElement json)
        {
            string text = reply.Text;
            return text.TrimStart().StartsWith('<') ? HtmlTitle(text) : text;
        }

        return ErrorWords(json) ?? reply.Status.ToString();
    }

    /// <summary>The words of an error member, which may be text or an object.</summary>
    internal static string? ErrorWords(JsonElement json) =>
        json.Text("msg", "message")
        ?? (json.Member("error") is JsonElement error
            ? error.AsText() ?? error.Text("message", "msg", "error", "detail", "reason")
            : null)
        ?? json.Text("detail", "reason");

    /// <summary>Whether the words speak of moderation.</summary>
    internal static bool SpeaksOfModeration(string? words) =>
        words is not null && s_moderationWords.Any(w => words.Contains(w, StringComparison.OrdinalIgnoreCase));

    internal static AtlasCloudErrorKind KindOf(int status, string words) => status switch
    {
        400 or 422 when SpeaksOfModeration(words) => AtlasCloudErrorKind.ContentBlocked,
        400 when words.Contains("router not found", StringComparison.OrdinalIgnoreCase) => AtlasCloudErrorKind.ModelNotFound,
        400 when words.Contains("evaluate price", StringComparison.OrdinalIgnoreCase) => AtlasCloudErrorKind.ModelNotFound,
        400 or 405 or 406 or 415 or 422 => AtlasCloudErrorKind.InvalidParameter,
        401 => AtlasCloudErrorKind.Authentication,
        402 => AtlasCloudErrorKind.InsufficientBalance,
        403 => AtlasCloudErrorKind.PermissionDenied,
        404 when words.Contains("model", StringComparison.OrdinalIgnoreCase) => AtlasCloudErrorKind.ModelNotFound,
        404 => AtlasCloudErrorKind.PredictionNotFound,
        408 => AtlasCloudErrorKind.RequestTimedOut,
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
        403 when words.Contains("1010", StringComparison.Ordinal) || words.Contains("Access denied", StringComparison.OrdinalIgnoreCase) => AtlasCloudErrorReason.BlockedByGateway,
        _ => AtlasCloudErrorReason.None,
    };

    private static string RequestIdNote(ApiResponse reply) => reply.RequestId is string id ? $" Request id: {SafeText.Sanitize(id, length: 100)}." : "";

    private static string HtmlTitle(string html)
    {
        int start = html.IndexOf("<title>", StringComparison.OrdinalIgnoreCase);
        int end = start < 0 ? -1 : html.IndexOf("</title>", start, StringComparison.OrdinalIgnoreCase);
        return end < 0 ? "a web page instead of an answer" : WebUtility.HtmlDecode(html[(start + "<title>".Length)..end]);
    }
}
