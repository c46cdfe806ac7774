using System.Net;
using System.Text.Json;
using AtlasCloud.Http;
using AtlasCloud.Json;

namespace AtlasCloud.Account;

/// <summary>Explains what the billing API refuses: who reads a bill for the first time meets these two.</summary>
internal static class BillingErrors
{
    /// <summary>The failure in a reply; null for a success.</summary>
    internal static AtlasCloudException? Find(ApiResponse reply, string what, BillingQuery query, string? key)
    {
        AtlasCloudException? refusal = ResponseErrors.Find(reply, what, key);
        string? advice = refusal?.Status switch
        {
            HttpStatusCode.Forbidden when query.WholeAccount =>
                "The key lacks the right to read the billing of the whole account. -Scope Self works without it and shows what this key's own user caused; "
                + "for the rest, use a key of somebody who may read billing: see https://www.atlascloud.ai/console/api-keys.",
            HttpStatusCode.Forbidden =>
                "The key may generate but not read billing, as keys of teams often are: use one that may, see https://www.atlascloud.ai/console/api-keys.",
            HttpStatusCode.BadRequest when SpeaksOfGroups(reply, refusal) =>
                "The service documents these groupings: ModelType; Model; ApiKey; Model with ApiKey. Of ModelType it is known that it was refused; the others work. "
                + "-GroupBy Model shows the type of each model too.",
            _ => null,
        };
        return refusal is null || advice is null
            ? refusal
            : new AtlasCloudException(refusal.Kind, refusal.Message, refusal)
            {
                Status = refusal.Status,
                RequestId = refusal.RequestId,
                ServerMessage = refusal.ServerMessage,
                RecommendedAction = advice,
                RetryAfter = refusal.RetryAfter,
            };
    }

    private static bool SpeaksOfGroups(ApiResponse reply, AtlasCloudException refusal) =>
        refusal.ServerMessage?.Contains("group", StringComparison.OrdinalIgnoreCase) == true
        || (reply.Json is JsonElement json && json.Member("error")?.Text("param")?.Contains("group_by", StringComparison.Ordinal) == true);
}
