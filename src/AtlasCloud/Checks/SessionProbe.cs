using System.Globalization;
using System.Runtime.CompilerServices;
using AtlasCloud.Http;
using AtlasCloud.Storage;

namespace AtlasCloud.Checks;

/// <summary>Looks at everything between a command and its result: way, clock, key, money, catalog, folders. It asks twice and for nothing that bills.</summary>
internal sealed class SessionProbe(AtlasCloudOptions options, HttpPipeline http, ModelCatalog models, TimeProvider clock)
{
    /// <summary>Who checks a session wants to know soon, and not after all tries of a patient one.</summary>
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(10);

    private static readonly TimeSpan s_oldCatalog = TimeSpan.FromDays(1);

    internal async IAsyncEnumerable<SessionCheck> RunAsync(
        string? keySource, UserFolders folders, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        // Before the requests: afterwards it would be as fresh as they are.
        SessionCheck catalog = Timed(CheckCatalog);
        string? proxy = null;
        yield return Timed(() => ProxyCheck.Of(options, out proxy));

        Answer reached = await AskAsync(http.Media("models"), "the model catalog", needsKey: false, cancellationToken).ConfigureAwait(false);
        SessionCheck reach = ReachCheck.Of("Reach", options.BaseUri, reached, proxy, http.Key);
        yield return reach;
        if (!Origin.IsSame(options.BaseUri, options.LlmBaseUri))
        {
            Answer talked = await AskAsync(http.Llm("v1/models"), "the language models", needsKey: false, cancellationToken).ConfigureAwait(false);
            yield return ReachCheck.Of("ReachLlm", options.LlmBaseUri, talked, proxy, http.Key);
        }

        yield return ClockCheck.Of(reached);
        foreach (SessionCheck check in await CheckAccountAsync(keySource, reached, reach, cancellationToken).ConfigureAwait(false))
        {
            yield return check;
        }

        yield return catalog;
        yield return Timed(() => FolderCheck.Of("Cache", folders.Cache, isNeeded: false));
        yield return Timed(() => FolderCheck.Of("State", folders.State, isNeeded: true));
    }

    private async Task<IReadOnlyList<SessionCheck>> CheckAccountAsync(
        string? keySource, Answer reached, SessionCheck reach, CancellationToken cancellationToken)
    {
        if (!options.HasApiKey)
        {
            return AccountCheck.WithoutKey();
        }

        if (reached.Reply is null)
        {
            return AccountCheck.Unreached(keySource);
        }

        Answer answer = await AskAsync(http.Billing("balance"), "the balance", needsKey: true, cancellationToken).ConfigureAwait(false);
        return AccountCheck.Of(answer, keySource, isAddressRight: reach.Status != SessionCheck.Failed, http.Key);
    }

    private async Task<Answer> AskAsync(Uri address, string what, bool needsKey, CancellationToken cancellationToken)
    {
        ApiCall call = new(HttpMethod.Get, address, what)
        {
            NeedsKey = needsKey,
            RetryPolicy = RetryPolicy.Never,
            Timeout = options.RequestTimeout < s_patience ? options.RequestTimeout : s_patience,
        };
        DateTimeOffset sent = clock.GetUtcNow();
        long start = clock.GetTimestamp();
        ApiResponse? reply = null;
        AtlasCloudException? failure = null;
        try
        {
            reply = await http.SendAsync(call, cancellationToken).ConfigureAwait(false);
        }
        catch (AtlasCloudException exception)
        {
            failure = exception;
        }

        TimeSpan duration = clock.GetElapsedTime(start);
        return new Answer(reply, failure, sent + (duration / 2), duration);
    }

    private SessionCheck CheckCatalog()
    {
        if (models.ReadAt is not DateTimeOffset read)
        {
            return new SessionCheck { Name = "Catalog", Status = SessionCheck.Passed, Detail = "not read yet; the first command that needs it reads it" };
        }

        TimeSpan age = clock.GetUtcNow() - read;
        bool isOld = age > s_oldCatalog;
        return new SessionCheck
        {
            Name = "Catalog",
            Status = isOld ? SessionCheck.Warning : SessionCheck.Passed,
            Detail = string.Create(CultureInfo.InvariantCulture, $"{models.Cached.Count} models, read {Span(age)} ago"),
            Fix = isOld ? "Get-AtlasModel -Refresh reads it anew." : null,
        };
    }

    private SessionCheck Timed(Func<SessionCheck> check)
    {
        long start = clock.GetTimestamp();
        SessionCheck found = check();
        return found with { Duration = clock.GetElapsedTime(start) };
    }

    internal static string Span(TimeSpan span) => span switch
    {
        { TotalSeconds: < 90 } => string.Create(CultureInfo.InvariantCulture, $"{span.TotalSeconds:0} s"),
        { TotalMinutes: < 90 } => string.Create(CultureInfo.InvariantCulture, $"{span.TotalMinutes:0} min"),
        { TotalHours: < 48 } => string.Create(CultureInfo.InvariantCulture, $"{span.TotalHours:0} h"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{span.TotalDays:0} days"),
    };

    /// <summary>What came of a request.</summary>
    /// <param name="Reply">The reply; null where none came.</param>
    /// <param name="Failure">Why none came.</param>
    /// <param name="Time">The time of this machine's clock halfway.</param>
    /// <param name="Duration">How long it took.</param>
    internal sealed record Answer(ApiResponse? Reply, AtlasCloudException? Failure, DateTimeOffset Time, TimeSpan Duration);
}
