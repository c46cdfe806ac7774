using System.Net;
using AtlasCloud.PowerShell.Pipeline;

namespace AtlasCloud.PowerShell.Sessions;

/// <summary>Checks the management key with a list of the projects, which is free and changes nothing.</summary>
internal static class ManagementCheck
{
    internal static SessionCheck WithoutConnection(string? keySource) => Create(keySource, SessionCheck.Skipped, "not checked: the service was not reached");

    /// <param name="probe">The request for the projects.</param>
    /// <param name="keySource">Where the key came from.</param>
    /// <param name="isAddressValid">Whether the catalog was found at the address. A wrong path returns 401 for every key.</param>
    internal static SessionCheck Create(ProbeResult probe, string? keySource, bool isAddressValid)
    {
        (string status, string detail, string? fix) = Evaluate(probe, isAddressValid);
        return Create(keySource, status, detail, fix) with { Duration = probe.Duration };
    }

    private static (string Status, string Detail, string? Fix) Evaluate(ProbeResult probe, bool isAddressValid)
    {
        if (probe.Failure is not AtlasCloudException failure)
        {
            return (SessionCheck.Passed, "accepted", null);
        }

        if (failure.Reason == AtlasCloudErrorReason.NotAManagementKey)
        {
            return (SessionCheck.Failed, "not a management key: it does not begin with mgmt-", ErrorAdvice.For(failure));
        }

        return failure.Status switch
        {
            null => (SessionCheck.Skipped, $"not checked: {failure.Message}", null),
            HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden when !isAddressValid => (SessionCheck.Skipped, "rejected, as any key is at a wrong base URL", "Correct the base URL first."),
            HttpStatusCode.Unauthorized => (SessionCheck.Failed, $"rejected: {failure.Message}", ErrorAdvice.For(failure)),
            HttpStatusCode.Forbidden => (SessionCheck.Failed, $"may not list projects: {failure.Message}", ErrorAdvice.ManagementKeyAdvice),
            HttpStatusCode.NotFound => (SessionCheck.Failed, "the service has no projects at this base URL", "Set -BaseUri to the origin of the service, or omit it. Projects are not available at every gateway."),
            HttpStatusCode.TooManyRequests => (SessionCheck.Warning, "not checked: the service limits the request rate (429)", "Wait a moment."),
            _ => (SessionCheck.Failed, failure.Message, "Try again later."),
        };
    }

    private static SessionCheck Create(string? keySource, string status, string detail, string? fix = null) => new()
    {
        Name = "ManagementKey",
        Status = status,
        Detail = keySource is null ? detail : $"from {keySource}, {detail}",
        Fix = fix,
    };
}
