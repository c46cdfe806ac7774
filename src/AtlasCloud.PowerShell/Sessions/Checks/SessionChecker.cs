using System.Globalization;
using System.Runtime.CompilerServices;

namespace AtlasCloud.PowerShell.Sessions;

/// <summary>Checks everything that commands need: connectivity, clock, keys, balance, catalog, folders. Sends at most four requests, none of them billable.</summary>
internal sealed class SessionChecker(AtlasCloudClient client, TimeProvider clock)
{
    private static readonly TimeSpan s_maxCatalogAge = TimeSpan.FromDays(1);

    internal async IAsyncEnumerable<SessionCheck> RunAsync(
        string? keySource, string? managementKeySource, UserFolders folders, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        string? proxy = null;
        yield return Measure(() => ProxyCheck.Create(client, out proxy));

        ProbeResult catalog = await client.ProbeAsync(ProbeTarget.Catalog, cancellationToken).ConfigureAwait(false);
        SessionCheck reach = ReachCheck.Create("Reach", catalog, proxy);
        yield return reach;
        if (client.Options.LlmBaseUri != client.Options.BaseUri)
        {
            ProbeResult languageModels = await client.ProbeAsync(ProbeTarget.LanguageModels, cancellationToken).ConfigureAwait(false);
            yield return ReachCheck.Create("ReachLlm", languageModels, proxy);
        }

        yield return ClockCheck.Create(catalog);
        foreach (SessionCheck check in await CheckAccountAsync(keySource, catalog, reach, cancellationToken).ConfigureAwait(false))
        {
            yield return check;
        }

        if (client.Options.HasManagementKey)
        {
            yield return await CheckManagementAsync(managementKeySource, catalog, reach, cancellationToken).ConfigureAwait(false);
        }

        yield return Measure(CheckCatalog);
        yield return Measure(() => FolderCheck.Create("Cache", folders.Cache, isRequired: false));
        yield return Measure(() => FolderCheck.Create("State", folders.State, isRequired: true));
    }

    internal static string Format(TimeSpan time) => time switch
    {
        { TotalSeconds: < 90 } => string.Create(CultureInfo.InvariantCulture, $"{time.TotalSeconds:0} s"),
        { TotalMinutes: < 90 } => string.Create(CultureInfo.InvariantCulture, $"{time.TotalMinutes:0} min"),
        { TotalHours: < 48 } => string.Create(CultureInfo.InvariantCulture, $"{time.TotalHours:0} h"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{time.TotalDays:0} days"),
    };

    private async Task<IReadOnlyList<SessionCheck>> CheckAccountAsync(
        string? keySource, ProbeResult catalog, SessionCheck reach, CancellationToken cancellationToken)
    {
        if (!client.Options.HasApiKey)
        {
            return AccountCheck.WithoutKey();
        }

        if (!catalog.HasResponse)
        {
            return AccountCheck.WithoutConnection(keySource);
        }

        ProbeResult balance = await client.ProbeAsync(ProbeTarget.Balance, cancellationToken).ConfigureAwait(false);
        return AccountCheck.Create(balance, keySource, isAddressValid: reach.Status != SessionCheck.Failed);
    }

    private async Task<SessionCheck> CheckManagementAsync(string? keySource, ProbeResult catalog, SessionCheck reach, CancellationToken cancellationToken)
    {
        if (!catalog.HasResponse)
        {
            return ManagementCheck.WithoutConnection(keySource);
        }

        ProbeResult projects = await client.ProbeAsync(ProbeTarget.Projects, cancellationToken).ConfigureAwait(false);
        return ManagementCheck.Create(projects, keySource, isAddressValid: reach.Status != SessionCheck.Failed);
    }

    private SessionCheck CheckCatalog()
    {
        if (client.Models.ReadAt is not DateTimeOffset readAt)
        {
            return new SessionCheck { Name = "Catalog", Status = SessionCheck.Passed, Detail = "not cached yet; the first command that needs it requests it" };
        }

        TimeSpan age = clock.GetUtcNow() - readAt;
        bool isExpired = age > s_maxCatalogAge;
        return new SessionCheck
        {
            Name = "Catalog",
            Status = isExpired ? SessionCheck.Warning : SessionCheck.Passed,
            Detail = string.Create(CultureInfo.InvariantCulture, $"{client.Models.Cached.Count} models, cached {Format(age)} ago"),
            Fix = isExpired ? "Run Get-AtlasModel -Refresh." : null,
        };
    }

    private SessionCheck Measure(Func<SessionCheck> check)
    {
        long start = clock.GetTimestamp();
        SessionCheck result = check();
        return result with { Duration = clock.GetElapsedTime(start) };
    }
}
