using System.Net;
using AtlasCloud.PowerShell.Pipeline;

namespace AtlasCloud.PowerShell.Sessions;

/// <summary>Checks the key and the balance, with one request for both.</summary>
internal static class AccountCheck
{
    private const string NewKey = "Copy the API key again from https://www.atlascloud.ai/console/api-keys. It starts with 'apikey-'.";

    internal static IReadOnlyList<SessionCheck> WithoutKey() =>
    [
        Key(SessionCheck.Failed, "there is none", "Set $env:ATLASCLOUD_API_KEY, or run Connect-Atlas -ApiKey (Read-Host -AsSecureString)."),
        Balance(SessionCheck.Skipped, "needs an API key"),
    ];

    internal static IReadOnlyList<SessionCheck> WithoutConnection(string? keySource) =>
    [
        Key(SessionCheck.Skipped, $"{Describe(keySource)}not checked: the service was not reached"),
        Balance(SessionCheck.Skipped, "the service was not reached"),
    ];

    /// <param name="probe">The request for the balance.</param>
    /// <param name="keySource">Where the key came from.</param>
    /// <param name="isAddressValid">Whether the catalog was found at the address. A wrong path returns 401 for every key.</param>
    internal static IReadOnlyList<SessionCheck> Create(ProbeResult probe, string? keySource, bool isAddressValid)
    {
        (SessionCheck key, SessionCheck balance) = Evaluate(probe, Describe(keySource), isAddressValid);
        return [key with { Duration = probe.Duration }, balance with { Duration = probe.Duration }];
    }

    private static (SessionCheck Key, SessionCheck Balance) Evaluate(ProbeResult probe, string source, bool isAddressValid)
    {
        if (probe.Balance is Balance balance)
        {
            return (Key(SessionCheck.Passed, $"{source}accepted"), balance.Available > 0m
                ? Balance(SessionCheck.Passed, $"{balance} available")
                : Balance(SessionCheck.Failed, $"{balance} available", "Top up at https://www.atlascloud.ai/console/billing. Billable requests fail until then."));
        }

        AtlasCloudException failure = probe.Failure!;
        return failure.Status switch
        {
            null => (Key(SessionCheck.Skipped, $"{source}not checked: {failure.Message}"), Balance(SessionCheck.Skipped, failure.Message)),
            HttpStatusCode.Unauthorized when isAddressValid =>
                (Key(SessionCheck.Failed, $"{source}rejected: {failure.Message}", ErrorAdvice.For(failure) ?? NewKey), Balance(SessionCheck.Skipped, "needs a valid API key")),
            HttpStatusCode.Unauthorized =>
                (Key(SessionCheck.Skipped, $"{source}rejected with 401, as any API key is at a wrong base URL", "Correct the base URL first."),
                    Balance(SessionCheck.Skipped, "the base URL is wrong")),
            HttpStatusCode.Forbidden when isAddressValid =>
                (Key(SessionCheck.Passed, $"{source}accepted"),
                    Balance(SessionCheck.Warning, "the API key may not read it", ErrorAdvice.For(failure) ?? "Generation can work nevertheless. To see the balance, use an API key with billing permission.")),
            _ => (Key(SessionCheck.Skipped, $"{source}not checked: the balance is unavailable"),
                Balance(SessionCheck.Failed, failure.Message, "Try again later.")),
        };
    }

    private static string Describe(string? keySource) => keySource is null ? "" : $"from {keySource}, ";

    private static SessionCheck Key(string status, string detail, string? fix = null) => new() { Name = "Key", Status = status, Detail = detail, Fix = fix };

    private static SessionCheck Balance(string status, string detail, string? fix = null) => new() { Name = "Balance", Status = status, Detail = detail, Fix = fix };
}
