using AtlasCloud.Emulation.Data;
using AtlasCloud.Emulation.Http;
using AtlasCloud.Emulation.Scenarios;

namespace AtlasCloud.Emulation.Chaos;

/// <summary>All faults that can be injected at a rate, with the kinds of requests that they apply to.</summary>
internal static class KnownFaults
{
    private static readonly RequestKind[] s_allKinds = Enum.GetValues<RequestKind>();
    private static readonly RequestKind[] s_authenticatedKinds = [.. s_allKinds.Except([RequestKind.Download, RequestKind.Catalog])];
    private static readonly RequestKind[] s_billableKinds = [RequestKind.Submit, RequestKind.Chat];
    private static readonly RequestKind[] s_kindsWithBody = [RequestKind.Submit, RequestKind.Upload, RequestKind.Quote, RequestKind.Chat];

    // The kinds of requests that return each error sample. Samples that are not listed can come from any proxy, for any request.
    private static readonly Dictionary<string, RequestKind[]> s_kindsBySample = new(StringComparer.Ordinal)
    {
        ["400-bare.json"] = s_kindsWithBody,
        ["400-msg.json"] = s_kindsWithBody,
        ["400-price-expression.json"] = [RequestKind.Submit, RequestKind.Quote],
        ["400-retention-header.json"] = [RequestKind.Submit],
        ["400-router-not-found.json"] = [RequestKind.Submit, RequestKind.Chat],
        ["401-msg.json"] = s_authenticatedKinds,
        ["401-message.json"] = s_authenticatedKinds,
        ["401-error-string.json"] = s_authenticatedKinds,
        ["402-balance.json"] = s_billableKinds,
        ["402-coding-plan.json"] = s_billableKinds,
        ["403-forbidden.json"] = s_authenticatedKinds,
        ["404-model.json"] = [RequestKind.Submit, RequestKind.Quote, RequestKind.Chat],
        ["413-too-large.json"] = s_kindsWithBody,
        ["422-validation.json"] = s_kindsWithBody,
        ["451-region.json"] = s_authenticatedKinds,
        ["504-sync-wait.json"] = s_billableKinds,
        ["openai-style.json"] = [RequestKind.Chat],
        ["anthropic-style.json"] = [RequestKind.Chat],
        ["gemini-style.json"] = [RequestKind.Chat],
        ["public-400-date-range.json"] = [RequestKind.Account],
        ["public-401.json"] = [RequestKind.Account],
        ["public-403.json"] = [RequestKind.Account],
    };

    private static readonly Lazy<IReadOnlyDictionary<string, ChaosFault>> s_all =
        new(() => ConnectionFaults().Concat(TaskFaults()).Concat(ReplyFaults()).Concat(ErrorSamples()).ToDictionary(fault => fault.Name, StringComparer.Ordinal));

    /// <summary>The faults by name.</summary>
    internal static IReadOnlyDictionary<string, ChaosFault> All => s_all.Value;

    private static IEnumerable<ChaosFault> ConnectionFaults() => HttpFaults.ByName.Select(fault => ChaosFault.Create(
        fault.Key,
        fault.Value switch
        {
            HttpFault.StreamError or HttpFault.CutCharacter or HttpFault.SplitCharacters => [RequestKind.Chat],
            HttpFault.ExpiredLink => [RequestKind.Download],
            _ => s_allKinds,
        },
        new ScenarioRule { Fault = fault.Value }));

    /// <summary>Faults of tasks, decided at submit.</summary>
    private static IEnumerable<ChaosFault> TaskFaults()
    {
        foreach (ScenarioTaskEnd end in Enum.GetValues<ScenarioTaskEnd>().Where(end => end != ScenarioTaskEnd.Completed))
        {
            yield return CreateForTask(end.ToString().ToLowerInvariant(), new ScenarioTask { End = end });
        }

        yield return CreateForTask("pending", new ScenarioTask { Pending = true });
        yield return CreateForTask("late-price", new ScenarioTask { PriceDelay = TimeSpan.FromSeconds(5) });
        yield return CreateForTask("not-found-at-first", new ScenarioTask { NotFound = TimeSpan.FromSeconds(5) });
        yield return CreateForTask("fallback-only", new ScenarioTask { FallbackOnlyAfter = TimeSpan.Zero });
    }

    private static IEnumerable<ChaosFault> ReplyFaults()
    {
        yield return ChaosFault.Create("empty-body", s_allKinds, new ScenarioRule { Reply = new ScenarioReply { Status = 200, ExecutesRequest = true } });
        yield return ChaosFault.Create("incident-401", [RequestKind.Poll, RequestKind.History], SendSample("errors/401-msg.json"));
        yield return ChaosFault.Create("concurrency-402", [RequestKind.Submit], SendSample("errors/402-balance.json")) with { NeedsRunningTask = true };
    }

    private static IEnumerable<ChaosFault> ErrorSamples() => Sample.All.Keys
        .Where(path => path.StartsWith("errors/", StringComparison.Ordinal))
        .Order(StringComparer.Ordinal)
        .Select(path => ChaosFault.Create(path, s_kindsBySample.GetValueOrDefault(path["errors/".Length..], s_allKinds), SendSample(path)));

    private static ScenarioRule SendSample(string sample) => new() { Reply = new ScenarioReply { Sample = sample } };

    private static ChaosFault CreateForTask(string name, ScenarioTask task) => ChaosFault.Create(name, [RequestKind.Submit], new ScenarioRule { Task = task });
}
