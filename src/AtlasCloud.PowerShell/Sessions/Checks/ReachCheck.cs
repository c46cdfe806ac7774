using System.Globalization;
using System.Net;

namespace AtlasCloud.PowerShell.Sessions;

/// <summary>Checks whether the service responds at an address, and not something in its place.</summary>
internal static class ReachCheck
{
    private const string UseOrigin = "Set -BaseUri (or ATLASCLOUD_BASE_URL) to the origin of the service, for example https://api.atlascloud.ai/, or omit it for the default.";

    /// <param name="name">The name of the check.</param>
    /// <param name="probe">The request for the models at the address, which needs no key.</param>
    /// <param name="proxy">The proxy; null for a direct connection.</param>
    internal static SessionCheck Create(string name, ProbeResult probe, string? proxy)
    {
        (string status, string detail, string? fix) = Evaluate(probe, proxy);
        return new SessionCheck { Name = name, Status = status, Detail = detail, Fix = fix, Duration = probe.Duration };
    }

    private static (string Status, string Detail, string? Fix) Evaluate(ProbeResult probe, string? proxy)
    {
        string host = probe.Address.Authority;
        if (probe.Failure is not AtlasCloudException failure)
        {
            string detail = string.Create(CultureInfo.InvariantCulture, $"{host} responded in {probe.Duration.TotalMilliseconds:0} ms with {probe.ModelCount} models");
            return (SessionCheck.Passed, detail, null);
        }

        return failure.Status switch
        {
            null => (SessionCheck.Failed, failure.Message, proxy is null
                ? "Check the network, the host name in -BaseUri (or ATLASCLOUD_BASE_URL), and whether a proxy is required: set it with -Proxy."
                : $"Check the network, the host name in -BaseUri (or ATLASCLOUD_BASE_URL), and the proxy {proxy}, which requests use."),
            >= HttpStatusCode.OK and < HttpStatusCode.Ambiguous =>
                (SessionCheck.Failed, $"{host} responds, but not like the Atlas Cloud API", "Check whether a proxy or the sign-in page of a network responds in its place. " + UseOrigin),
            HttpStatusCode.Unauthorized =>
                (SessionCheck.Failed, $"{host} responds with 401 to the catalog, which needs no API key: the base URL is wrong, not the API key", UseOrigin),
            HttpStatusCode.TooManyRequests =>
                (SessionCheck.Warning, $"{host} responds, but limits the request rate (429)", "Wait a moment, or lower -ThrottleLimit."),
            >= HttpStatusCode.InternalServerError => (SessionCheck.Failed, failure.Message, "The service has an internal error. Try again later."),
            _ => (SessionCheck.Failed, failure.Message, UseOrigin),
        };
    }
}
