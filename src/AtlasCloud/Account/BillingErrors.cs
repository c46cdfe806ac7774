using System.Globalization;
using System.Net;
using System.Text.Json;
using AtlasCloud.Http;
using AtlasCloud.Json;

namespace AtlasCloud.Account;

/// <summary>Creates the errors about balance and billing.</summary>
internal static class BillingErrors
{
    /// <summary>The period contains no day.</summary>
    internal static AtlasCloudException EmptyPeriod(DateOnly from, DateOnly until) => new(
        AtlasCloudErrorKind.InvalidParameter,
        string.Create(CultureInfo.InvariantCulture, $"The billing period is empty: {from:yyyy-MM-dd} is not before {until:yyyy-MM-dd}. Nothing was requested."))
    {
        Reason = AtlasCloudErrorReason.BillingPeriodEmpty,
        Input = nameof(BillingQuery.Until),
        Value = until.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
    };

    /// <summary>The response contains no balance.</summary>
    internal static AtlasCloudException NoBalance(string? requestId) =>
        new(AtlasCloudErrorKind.UnexpectedReply, "The response to the request for the balance contains no amount.") { RequestId = requestId };

    /// <summary>The response has an unexpected shape.</summary>
    /// <param name="description">What was requested.</param>
    /// <param name="found">What was wrong with it.</param>
    internal static AtlasCloudException Unreadable(string description, string found) =>
        new(AtlasCloudErrorKind.UnexpectedReply, $"The response to the request for {description} cannot be read: it contains {found}.");

    /// <summary>Returns the failure in a response, with its reason; null for a success.</summary>
    internal static AtlasCloudException? Find(ApiResponse response, string description, BillingQuery query, string? key)
    {
        AtlasCloudException? failure = ResponseErrors.Find(response, description, key);
        AtlasCloudErrorReason? reason = failure?.Status switch
        {
            HttpStatusCode.Forbidden when failure.Reason != AtlasCloudErrorReason.None => null,
            HttpStatusCode.Forbidden when query.IsAccountWide => AtlasCloudErrorReason.AccountBillingForbidden,
            HttpStatusCode.Forbidden => AtlasCloudErrorReason.BillingForbidden,
            HttpStatusCode.BadRequest when IsAboutGroups(response, failure) => AtlasCloudErrorReason.BillingGroupingRejected,
            _ => null,
        };
        return reason is null ? failure : failure?.With(reason: reason);
    }

    private static bool IsAboutGroups(ApiResponse response, AtlasCloudException failure) =>
        failure.ServerMessage?.Contains("group", StringComparison.OrdinalIgnoreCase) == true
        || (response.Json is JsonElement json && json.Member("error")?.Text("param")?.Contains("group_by", StringComparison.Ordinal) == true);
}
