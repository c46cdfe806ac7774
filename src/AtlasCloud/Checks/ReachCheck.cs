using System.Globalization;
using System.Net;
using AtlasCloud.Http;
using AtlasCloud.Json;

namespace AtlasCloud.Checks;

/// <summary>Says whether the service answers at an address, and not something else.</summary>
internal static class ReachCheck
{
    private const string Origin = "Give -BaseUri (or ATLASCLOUD_BASE_URL) the origin of the service alone, as in https://api.atlascloud.ai/; without it, that one is used.";

    internal static SessionCheck Of(string name, Uri address, SessionProbe.Answer answer, string? proxy, string? key)
    {
        (string status, string detail, string? fix) = Judge(address.Authority, answer, proxy, key);
        return new SessionCheck { Name = name, Status = status, Detail = detail, Fix = fix, Duration = answer.Duration };
    }

    private static (string Status, string Detail, string? Fix) Judge(string host, SessionProbe.Answer answer, string? proxy, string? key)
    {
        if (answer.Reply is not ApiResponse reply)
        {
            return (SessionCheck.Failed, answer.Failure!.Message, proxy is null
                ? "Check the network, the name in -BaseUri (or ATLASCLOUD_BASE_URL), and whether a proxy is needed: -Proxy sets one."
                : $"Check the network, the name in -BaseUri (or ATLASCLOUD_BASE_URL), and the proxy {proxy}: requests go through it.");
        }

        if (ResponseErrors.Find(reply, "the catalog", key) is not AtlasCloudException refusal)
        {
            int count = reply.Json?.Member("data").Items().Count() ?? 0;
            return count > 0
                ? (SessionCheck.Passed, string.Create(CultureInfo.InvariantCulture, $"{host} answered in {answer.Duration.TotalMilliseconds:0} ms with {count} models"), null)
                : (SessionCheck.Failed, $"{host} answers, but not as the service does", "Look whether a proxy or the sign-in page of a network answers in its place. " + Origin);
        }

        return reply.Status switch
        {
            HttpStatusCode.Unauthorized =>
                (SessionCheck.Failed, $"{host} answers 401 to the catalog, which needs no key: it does not know the path, so the address is wrong and not the key", Origin),
            HttpStatusCode.TooManyRequests =>
                (SessionCheck.Warning, $"{host} answers, and asks to slow down (429)", "Wait a moment, or lower -ThrottleLimit."),
            >= HttpStatusCode.InternalServerError =>
                (SessionCheck.Failed, refusal.Message, "The service has trouble of its own: try again later."),
            _ => (SessionCheck.Failed, refusal.Message, refusal.RecommendedAction ?? Origin),
        };
    }
}
