using System.Text.Json;
using System.Text.Json.Nodes;
using AtlasCloud.Emulation.Chaos;
using AtlasCloud.Emulation.Http;

namespace AtlasCloud.Emulation.Scenarios;

/// <summary>Parses scenarios. Unknown members and values are errors: a typo must not make a test pass.</summary>
internal static class ScenarioParser
{
    private static readonly string[] s_otherMembers = ["catalog", "history", "restrictedKey", "chaos", "clock", "keys"];

    internal static EmulatorScenario Parse(string json)
    {
        JsonNode? root;
        try
        {
            JsonDocumentOptions options = new() { AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip };
            root = JsonNode.Parse(json, documentOptions: options);
        }
        catch (JsonException exception)
        {
            throw new FormatException(
                $"line {exception.LineNumber + 1}, column {exception.BytePositionInLine + 1}: the scenario is not valid JSON.", exception);
        }

        ScenarioObject scenario = new(root, "$", ["rules", "seed", .. s_otherMembers]);
        bool hasOtherMembers = s_otherMembers.Any(scenario.Has);
        if (scenario["rules"] is not JsonArray && (scenario.Has("rules") || !hasOtherMembers))
        {
            throw new FormatException("$.rules: expected a list of rules.");
        }

        JsonArray rules = scenario["rules"] as JsonArray ?? [];
        int seed = scenario.Count("seed") ?? 0;
        return new EmulatorScenario([.. rules.Select((rule, i) => ParseRule(rule, $"$.rules[{i}]"))], seed)
        {
            Chaos = scenario.Has("chaos") ? ScenarioChaosParser.Parse(scenario["chaos"], "$.chaos", seed) : null,
            CatalogChanges = scenario.Has("catalog") ? ScenarioCatalogParser.ParseChanges(scenario["catalog"], "$.catalog") : [],
            History = scenario.Has("history") ? ScenarioCatalogParser.ParseHistory(scenario["history"], "$.history") : null,
            HasRestrictedKey = scenario.Flag("restrictedKey") ?? false,
            Clock = scenario.Has("clock") ? ScenarioServiceParser.ParseClock(scenario["clock"], "$.clock") : ScenarioClock.Accurate,
            Keys = scenario.Has("keys") ? ScenarioServiceParser.ParseKeys(scenario["keys"], "$.keys") : [],
        };
    }

    private static ScenarioRule ParseRule(JsonNode? node, string path)
    {
        ScenarioObject rule = new(
            node, path, "method", "path", "model", "times", "skip", "probability", "reply", "fault", "delayMilliseconds", "task", "variant", "chat",
            "events", "historyPage", "clock");
        double probability = rule.Number("probability") ?? 1.0;
        ScenarioReply? reply = rule.Has("reply") ? ScenarioReplyParser.Parse(rule["reply"], path + ".reply") : null;
        ChaosFault? lie = rule.Text("fault") is { } fault ? KnownLies.All.GetValueOrDefault(fault) : null;
        return ApplyLie(rule, lie, new ScenarioRule
        {
            Method = rule.Text("method"),
            Path = rule.Text("path") is { } text ? new Wildcard(text) : null,
            Model = rule.Text("model") is { } model ? new Wildcard(model) : null,
            Times = rule.Count("times"),
            Skip = rule.Count("skip") ?? 0,
            Probability = probability is >= 0.0 and <= 1.0 ? probability : throw new FormatException($"{path}.probability: expected a number from 0 to 1."),
            Reply = reply,
            Fault = lie is null ? ParseFault(rule) : lie.Rule.Fault,
            FaultName = rule.Text("fault") ?? reply?.Sample,
            Delay = rule.Milliseconds("delayMilliseconds"),
            Task = rule.Has("task") ? ScenarioTaskParser.Parse(rule["task"], path + ".task") : null,
            Variant = ScenarioReplyParser.ParseSample(rule, "variant"),
            Chat = rule.Has("chat") ? ScenarioChatParser.Parse(rule["chat"], path + ".chat") : null,
            Events = rule.Count("events") ?? ScenarioRule.DefaultEvents,
            HistoryPage = rule.Has("historyPage") ? ScenarioHistoryPageParser.Parse(rule["historyPage"], path + ".historyPage") : null,
            Clock = rule.Has("clock") ? ScenarioServiceParser.ParseClock(rule["clock"], path + ".clock") : null,
        });
    }

    private static HttpFault ParseFault(ScenarioObject rule) => rule.Text("fault") is { } name
        ? HttpFaults.ByName.TryGetValue(name, out HttpFault fault)
            ? fault
            : throw new FormatException($"{rule.Path}.fault: unknown value '{name}'. Known values: {string.Join(", ", HttpFaults.ByName.Keys.Concat(KnownLies.All.Keys))}.")
        : HttpFault.None;

    /// <summary>Adds what a lie does. The rule then applies only to requests that the lie can affect.</summary>
    private static ScenarioRule ApplyLie(ScenarioObject source, ChaosFault? lie, ScenarioRule rule)
    {
        if (lie is null)
        {
            return rule;
        }

        (string Member, bool IsSet)[] members =
            [("reply", lie.Rule.Reply is not null), ("task", lie.Rule.Task is not null), ("historyPage", lie.Rule.HistoryPage is not null), ("clock", lie.Rule.Clock is not null)];
        return members.FirstOrDefault(member => member.IsSet && source.Has(member.Member)).Member is { } conflict
            ? throw new FormatException($"{source.Path}.{conflict}: the fault '{lie.Name}' already sets it.")
            : rule with
            {
                Kinds = lie.Kinds,
                Reply = lie.Rule.Reply ?? rule.Reply,
                Task = lie.Rule.Task ?? rule.Task,
                HistoryPage = lie.Rule.HistoryPage ?? rule.HistoryPage,
                Clock = lie.Rule.Clock ?? rule.Clock,
            };
    }
}
