using System.Text.Json.Nodes;
using AtlasCloud.Emulation.Chaos;
using AtlasCloud.Emulation.Scenarios;

namespace AtlasCloud.Soak;

/// <summary>All faults of the emulator, with higher rates for those that can cost money or lose results, and all lies.</summary>
internal static class FaultMix
{
    /// <summary>The key of another account, which shares the journal.</summary>
    internal const string SecondKey = "apikey-second-0123456789abcdef";

    /// <summary>The lie that the clock of the service is wrong.</summary>
    internal const string WrongClock = "clock";

    /// <summary>The lie that the history is that of another account, whose key a worker uses.</summary>
    internal const string SecondAccount = "second-key";

    // The history is read rarely, and its lies are the ones that make a client give up.
    private const double HistoryFactor = 3.0;
    private const double MaximumHistoryRate = 0.6;

    private static readonly TimeSpan[] s_clockOffsets = [TimeSpan.FromMinutes(15), TimeSpan.FromMinutes(-5), TimeSpan.Zero];

    private static readonly (string Fault, string On, double Part)[] s_extraFaults =
    [
        ("drop-after", "submit", 0.10),
        ("reset", "submit", 0.03),
        ("truncate", "submit", 0.05),
        ("errors/502-cloudflare.html", "submit", 0.05),
        ("errors/504-sync-wait.json", "submit", 0.05),
        ("errors/500-internal.json", "submit", 0.05),
        ("fallback-only", "submit", 0.05),
        ("failed500", "submit", 0.05),
        ("truncate", "download", 0.15),
        ("expired-link", "download", 0.10),
        ("incident-401", "poll", 0.05),
    ];

    /// <summary>The names of the lies that match one of several patterns, separated by commas; empty if a pattern matches none.</summary>
    internal static IReadOnlyList<string> LieNames(string patterns)
    {
        List<Wildcard> wildcards = [.. patterns.Split(',').Select(pattern => new Wildcard(pattern.Trim()))];
        List<string> names = [.. KnownLies.All.Keys.Append(WrongClock).Append(SecondAccount)];
        return wildcards.All(wildcard => names.Exists(wildcard.IsMatch)) ? names.FindAll(name => wildcards.Exists(wildcard => wildcard.IsMatch(name))) : [];
    }

    internal static EmulatorScenario CreateScenario(SoakSettings settings)
    {
        (int seed, double rate) = (settings.Seed, settings.Rate);
        JsonArray faults = [.. KnownFaults.All.Keys.Select(name => JsonValue.Create(name))];
        foreach ((string fault, string on, double part) in s_extraFaults)
        {
            JsonObject more = CreateFault(fault, on, rate * part);
            if (fault.StartsWith("errors/50", StringComparison.Ordinal))
            {
                // The reply is an error, but the task exists.
                more["afterwards"] = true;
            }

            faults.Add(more);
        }

        JsonObject chaos = new() { ["seed"] = seed, ["rate"] = rate * 0.6, ["faults"] = faults };
        JsonObject scenario = new() { ["chaos"] = chaos };

        // At the end of the list, so that a request which has a fault without lies has the same fault with them.
        foreach (JsonObject lie in CreateLies(settings))
        {
            faults.Add(lie);
        }

        if (settings.HasLie(WrongClock))
        {
            scenario["clock"] = new JsonObject { ["offsetMilliseconds"] = s_clockOffsets[seed % s_clockOffsets.Length].TotalMilliseconds };
        }

        if (settings.HasLie(SecondAccount))
        {
            scenario["keys"] = new JsonArray(SecondKey);
        }

        return EmulatorScenario.Parse(scenario.ToJsonString());
    }

    private static IEnumerable<JsonObject> CreateLies(SoakSettings settings)
    {
        (double rate, double lies) = (settings.Rate, settings.Lies);
        foreach (RequestKind kind in Enum.GetValues<RequestKind>())
        {
            string on = kind.ToString().ToLowerInvariant();
            List<JsonObject> all = [.. KnownLies.All.Values.Where(lie => settings.HasLie(lie.Name) && lie.Kinds.Contains(kind)).SelectMany(lie => CreateVariants(lie, on))];
            double total = kind == RequestKind.History ? Math.Max(lies, Math.Min(lies * HistoryFactor, MaximumHistoryRate - rate)) : lies;
            foreach (JsonObject lie in all)
            {
                lie["rate"] = total / all.Count;
                yield return lie;
            }
        }
    }

    // What does not say whether there is a task is sent in both cases.
    private static IEnumerable<JsonObject> CreateVariants(ChaosFault lie, string on)
    {
        yield return CreateFault(lie.Name, on, 0);
        if (lie.Name.StartsWith("unclear-", StringComparison.Ordinal))
        {
            JsonObject refused = CreateFault(lie.Name, on, 0);
            refused["afterwards"] = false;
            yield return refused;
        }
    }

    private static JsonObject CreateFault(string name, string on, double rate) => new() { ["fault"] = name, ["on"] = new JsonArray(on), ["rate"] = rate };
}
