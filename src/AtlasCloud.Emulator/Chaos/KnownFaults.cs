using AtlasCloud.Emulation.Data;
using AtlasCloud.Emulation.Http;
using AtlasCloud.Emulation.Scenarios;

namespace AtlasCloud.Emulation.Chaos;

/// <summary>Every fault that can strike by rate, with the kinds of requests where it can happen.</summary>
internal static class KnownFaults
{
    private static readonly RequestKind[] s_everywhere = Enum.GetValues<RequestKind>();
    private static readonly RequestKind[] s_withKey = [.. s_everywhere.Except([RequestKind.Download, RequestKind.Catalog])];
    private static readonly RequestKind[] s_paid = [RequestKind.Submit, RequestKind.Chat];
    private static readonly RequestKind[] s_withBody = [RequestKind.Submit, RequestKind.Upload, RequestKind.Quote, RequestKind.Chat];

    // Where each of the built-in errors belongs. What is not listed can come from anywhere in front of the service.
    private static readonly Dictionary<string, RequestKind[]> s_samples = new(StringComparer.Ordinal)
    {
        ["400-bare.json"] = s_withBody,
        ["400-msg.json"] = s_withBody,
        ["400-price-expression.json"] = [RequestKind.Submit, RequestKind.Quote],
        ["400-retention-header.json"] = [RequestKind.Submit],
        ["400-router-not-found.json"] = [RequestKind.Submit, RequestKind.Chat],
        ["401-msg.json"] = s_withKey,
        ["401-message.json"] = s_withKey,
        ["401-error-string.json"] = s_withKey,
        ["402-balance.json"] = s_paid,
        ["402-coding-plan.json"] = s_paid,
        ["403-forbidden.json"] = s_withKey,
        ["404-model.json"] = [RequestKind.Submit, RequestKind.Quote, RequestKind.Chat],
        ["413-too-large.json"] = s_withBody,
        ["422-validation.json"] = s_withBody,
        ["451-region.json"] = s_withKey,
        ["504-sync-wait.json"] = s_paid,
        ["openai-style.json"] = [RequestKind.Chat],
        ["anthropic-style.json"] = [RequestKind.Chat],
        ["gemini-style.json"] = [RequestKind.Chat],
        ["public-400-date-range.json"] = [RequestKind.Account],
        ["public-401.json"] = [RequestKind.Account],
        ["public-403.json"] = [RequestKind.Account],
    };

    private static readonly Lazy<IReadOnlyDictionary<string, ChaosFault>> s_all =
        new(() => Wire().Concat(Tasks()).Concat(Answers()).Concat(Samples()).ToDictionary(fault => fault.Name, StringComparer.Ordinal));

    /// <summary>The faults by their names.</summary>
    internal static IReadOnlyDictionary<string, ChaosFault> All => s_all.Value;

    private static IEnumerable<ChaosFault> Wire() => HttpFaults.ByWord.Select(fault => Of(
        fault.Key,
        fault.Value switch
        {
            HttpFault.StreamError or HttpFault.CutCharacter or HttpFault.SplitCharacters => [RequestKind.Chat],
            HttpFault.ExpiredLink => [RequestKind.Download],
            _ => s_everywhere,
        },
        new ScenarioRule { Fault = fault.Value }));

    /// <summary>Tasks that go wrong, decided when they are submitted.</summary>
    private static IEnumerable<ChaosFault> Tasks()
    {
        foreach (ScenarioEnd end in Enum.GetValues<ScenarioEnd>().Where(end => end != ScenarioEnd.Completed))
        {
            yield return Task(end.ToString().ToLowerInvariant(), new ScenarioTask { End = end });
        }

        yield return Task("pending", new ScenarioTask { Pending = true });
        yield return Task("late-price", new ScenarioTask { PriceDelay = TimeSpan.FromSeconds(5) });
        yield return Task("not-found-at-first", new ScenarioTask { NotFound = TimeSpan.FromSeconds(5) });
        yield return Task("fallback-only", new ScenarioTask { FallbackOnlyAfter = TimeSpan.Zero });
    }

    private static IEnumerable<ChaosFault> Answers()
    {
        yield return Of("empty-body", s_everywhere, new ScenarioRule { Reply = new ScenarioReply { Status = 200, IsAfterwards = true } });
        yield return Of("incident-401", [RequestKind.Poll, RequestKind.History], Sent("errors/401-msg.json"));
        yield return Of("concurrency-402", [RequestKind.Submit], Sent("errors/402-balance.json")) with { NeedsRunningTask = true };
    }

    private static IEnumerable<ChaosFault> Samples() => Sample.All.Keys
        .Where(path => path.StartsWith("errors/", StringComparison.Ordinal))
        .Order(StringComparer.Ordinal)
        .Select(path => Of(path, s_samples.GetValueOrDefault(path["errors/".Length..], s_everywhere), Sent(path)));

    private static ScenarioRule Sent(string sample) => new() { Reply = new ScenarioReply { Sample = sample } };

    private static ChaosFault Task(string name, ScenarioTask task) => Of(name, [RequestKind.Submit], new ScenarioRule { Task = task });

    private static ChaosFault Of(string name, IEnumerable<RequestKind> kinds, ScenarioRule rule) =>
        new(name, kinds.ToHashSet(), rule with { FaultName = name });
}
