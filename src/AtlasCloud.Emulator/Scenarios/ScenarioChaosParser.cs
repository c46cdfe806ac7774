using System.Text.Json.Nodes;
using AtlasCloud.Emulation.Chaos;
using AtlasCloud.Emulation.Http;

namespace AtlasCloud.Emulation.Scenarios;

/// <summary>Parses the chaos section of a scenario.</summary>
internal static class ScenarioChaosParser
{
    private static readonly Dictionary<string, RequestKind> s_kinds =
        Enum.GetValues<RequestKind>().ToDictionary(kind => kind.ToString().ToLowerInvariant(), StringComparer.Ordinal);

    /// <param name="node">The section.</param>
    /// <param name="path">Its JSON path.</param>
    /// <param name="seed">The default seed, that of the scenario.</param>
    internal static ChaosPlan Parse(JsonNode? node, string path, int seed)
    {
        ScenarioObject chaos = new(node, path, "seed", "rate", "faults");
        double rate = ParseRate(chaos) ?? 0.0;
        IReadOnlyList<ChaosFault> faults = chaos["faults"] switch
        {
            JsonArray { Count: > 0 } list => [.. list.SelectMany((fault, i) => ParseFaults(fault, $"{path}.faults[{i}]"))],
            null when !chaos.Has("faults") => [.. KnownFaults.All.Values],
            _ => throw new FormatException($"{path}.faults: expected a list of faults."),
        };
        if (!chaos.Has("rate") && faults.FirstOrDefault(fault => fault.Rate is null) is { } faultWithoutRate)
        {
            throw new FormatException($"{path}.rate: '{faultWithoutRate.Name}' needs a rate, here or on the fault.");
        }

        ChaosPlan plan = new(chaos.Count("seed") ?? seed, rate, faults);
        foreach ((string name, RequestKind kind) in s_kinds)
        {
            // Tolerates rounding errors of the sum.
            if (plan.TotalRate(kind) > 1.000001)
            {
                throw new FormatException($"{path}: the rates for {name} add up to more than 1.");
            }
        }

        return plan;
    }

    /// <summary>Parses one item of the list; a name with <c>*</c> stands for several faults.</summary>
    private static IEnumerable<ChaosFault> ParseFaults(JsonNode? node, string path)
    {
        if (node is JsonValue value && value.TryGetValue(out string? name))
        {
            return FindFaults(name, path);
        }

        ScenarioObject fault = new(node, path, "fault", "on", "rate", "milliseconds", "headers", "afterwards");
        string text = fault.Text("fault") ?? throw new FormatException($"{path}.fault: expected a string.");
        return FindFaults(text, path + ".fault").Select(known => known with
        {
            Rate = ParseRate(fault),
            Kinds = fault.Has("on") ? ParseKinds(fault["on"], known, path + ".on") : known.Kinds,
            Rule = ApplyReply(fault, ApplyTime(fault, known.Rule)),
        });
    }

    private static IReadOnlyList<ChaosFault> FindFaults(string name, string path)
    {
        Wildcard pattern = new(name);
        IEnumerable<ChaosFault> all = KnownFaults.All.Values.Concat(KnownLies.All.Values);
        return all.Where(fault => name == fault.Name || (name.Contains('*', StringComparison.Ordinal) && pattern.IsMatch(fault.Name))).ToList() is { Count: > 0 } faults
            ? faults
            : throw new FormatException($"{path}: unknown value '{name}'. Known values: {string.Join(", ", all.Select(fault => fault.Name))}.");
    }

    private static HashSet<RequestKind> ParseKinds(JsonNode? node, ChaosFault fault, string path)
    {
        JsonArray names = node is JsonArray { Count: > 0 } list ? list : throw new FormatException($"{path}: expected a list of requests.");
        HashSet<RequestKind> kinds = [];
        foreach (JsonNode? item in names)
        {
            string name = item?.ToString() ?? "";
            if (!s_kinds.TryGetValue(name, out RequestKind kind))
            {
                throw new FormatException($"{path}: unknown value '{name}'. Known values: {string.Join(", ", s_kinds.Keys)}.");
            }

            if (!fault.Kinds.Contains(kind))
            {
                IEnumerable<string> applicable = s_kinds.Where(known => fault.Kinds.Contains(known.Value)).Select(known => known.Key);
                throw new FormatException($"{path}: '{fault.Name}' does not apply to {name}, only to {string.Join(", ", applicable)}.");
            }

            kinds.Add(kind);
        }

        return kinds;
    }

    /// <summary>Sets the time that the fault takes; which time that is depends on the fault.</summary>
    private static ScenarioRule ApplyTime(ScenarioObject fault, ScenarioRule rule)
    {
        if (fault.Milliseconds("milliseconds") is not { } time)
        {
            return rule;
        }

        return rule.Task switch
        {
            { PriceDelay: not null } task => rule with { Task = task with { PriceDelay = time } },
            { FallbackOnlyAfter: not null } task => rule with { Task = task with { FallbackOnlyAfter = time } },
            { NotFound.Ticks: > 0 } task => rule with { Task = task with { NotFound = time } },
            { } task => rule with { Task = task with { Duration = time } },
            null when rule.HistoryPage is { Lag.Ticks: > 0 } page => rule with { HistoryPage = page with { Lag = time } },
            null when rule.Fault is HttpFault.DropBefore or HttpFault.Reset =>
                throw new FormatException($"{fault.Path}.milliseconds: '{rule.FaultName}' has no duration."),
            null => rule with { Delay = time },
        };
    }

    private static ScenarioRule ApplyReply(ScenarioObject fault, ScenarioRule rule)
    {
        if (!fault.Has("headers") && !fault.Has("afterwards"))
        {
            return rule;
        }

        string member = fault.Has("headers") ? "headers" : "afterwards";
        ScenarioReply reply = rule.Reply ?? throw new FormatException($"{fault.Path}.{member}: '{rule.FaultName}' is not a reply.");
        if (reply.Patch is not null && fault.Flag("afterwards") == false)
        {
            throw new FormatException($"{fault.Path}.afterwards: '{rule.FaultName}' changes the normal response, so the request is executed.");
        }

        return rule with
        {
            Reply = reply with
            {
                Headers = fault.Has("headers") ? ScenarioReplyParser.ParseHeaders(fault) : reply.Headers,
                ExecutesRequest = fault.Flag("afterwards") ?? reply.ExecutesRequest,
            },
        };
    }

    private static double? ParseRate(ScenarioObject source) => source.Number("rate") switch
    {
        null => null,
        >= 0.0 and <= 1.0 and { } rate => rate,
        _ => throw new FormatException($"{source.Path}.rate: expected a number from 0 to 1."),
    };
}
