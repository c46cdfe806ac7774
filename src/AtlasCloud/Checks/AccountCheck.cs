using System.Net;
using System.Text.Json;
using AtlasCloud.Http;

namespace AtlasCloud.Checks;

/// <summary>Says whether the key is accepted and whether there is money: one request answers both.</summary>
internal static class AccountCheck
{
    private const string NewKey = "Copy the key again from https://www.atlascloud.ai/console/api-keys; it begins with 'apikey-'.";

    internal static IReadOnlyList<SessionCheck> WithoutKey() =>
    [
        Key(SessionCheck.Failed, "there is none", "Set $env:ATLASCLOUD_API_KEY, or run Connect-Atlas -ApiKey (Read-Host -AsSecureString)."),
        Balance(SessionCheck.Skipped, "needs a key"),
    ];

    internal static IReadOnlyList<SessionCheck> Unreached(string? source) =>
        [Key(SessionCheck.Skipped, $"{From(source)}not tried: the service was not reached"), Balance(SessionCheck.Skipped, "the service was not reached")];

    /// <param name="answer">What came of asking for the balance.</param>
    /// <param name="source">Where the key came from.</param>
    /// <param name="isAddressRight">Whether the catalog was found there: a wrong path answers 401 to any key.</param>
    /// <param name="key">The key, to keep it out of what is said.</param>
    internal static IReadOnlyList<SessionCheck> Of(SessionProbe.Answer answer, string? source, bool isAddressRight, string? key)
    {
        (SessionCheck of, SessionCheck money) = Judge(answer, source, isAddressRight, key);
        return [of with { Duration = answer.Duration }, money with { Duration = answer.Duration }];
    }

    private static (SessionCheck Key, SessionCheck Balance) Judge(SessionProbe.Answer answer, string? source, bool isAddressRight, string? key)
    {
        if (answer.Reply is not ApiResponse reply)
        {
            return (Key(SessionCheck.Skipped, $"{From(source)}not tried to the end: {answer.Failure!.Message}"), Balance(SessionCheck.Skipped, answer.Failure.Message));
        }

        AtlasCloudException? refusal = ResponseErrors.Find(reply, "the balance", key);
        if (refusal is null && reply.Json is JsonElement json && AtlasCloud.Balance.Read(json) is Balance balance)
        {
            return (Key(SessionCheck.Passed, $"{From(source)}accepted"), balance.Available > 0m
                ? Balance(SessionCheck.Passed, $"{balance} to spend")
                : Balance(SessionCheck.Failed, $"{balance} to spend", "Top up at https://www.atlascloud.ai/console/billing: whatever bills is refused until then."));
        }

        return refusal?.Status switch
        {
            HttpStatusCode.Unauthorized when isAddressRight =>
                (Key(SessionCheck.Failed, $"{From(source)}not accepted: {refusal.Message}", NewKey), Balance(SessionCheck.Skipped, "needs a key that is accepted")),
            HttpStatusCode.Unauthorized =>
                (Key(SessionCheck.Skipped, $"{From(source)}refused with 401, as any key is at an address that the service does not know", "Set the address right first."),
                    Balance(SessionCheck.Skipped, "the address is not that of the service")),
            HttpStatusCode.Forbidden when isAddressRight =>
                (Key(SessionCheck.Passed, $"{From(source)}accepted"),
                    Balance(SessionCheck.Warning, "the key may not see it", "Generating may work all the same. To see the balance, use a key that may read billing.")),
            _ => (Key(SessionCheck.Skipped, $"{From(source)}nothing was learned about it"),
                Balance(SessionCheck.Failed, refusal?.Message ?? "the answer names no amount", refusal?.RecommendedAction ?? "Try again later.")),
        };
    }

    private static string From(string? source) => source is null ? "" : $"from {source}, ";

    private static SessionCheck Key(string status, string detail, string? fix = null) => new() { Name = "Key", Status = status, Detail = detail, Fix = fix };

    private static SessionCheck Balance(string status, string detail, string? fix = null) => new() { Name = "Balance", Status = status, Detail = detail, Fix = fix };
}
