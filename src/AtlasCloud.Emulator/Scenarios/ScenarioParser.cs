using System.Text.Json;
using System.Text.Json.Nodes;
using AtlasCloud.Emulation.Data;
using AtlasCloud.Emulation.Http;

namespace AtlasCloud.Emulation.Scenarios;

/// <summary>Parses scenarios. Unknown members and values are errors: a typo must not make a test pass.</summary>
internal static class ScenarioParser
{
    private static readonly Dictionary<string, ScenarioTaskEnd> s_taskEnds =
        Enum.GetValues<ScenarioTaskEnd>().ToDictionary(end => end.ToString().ToLowerInvariant(), StringComparer.Ordinal);

    private static readonly Dictionary<string, ScenarioWebhookMode> s_webhookModes = new(StringComparer.Ordinal)
    {
        ["once"] = ScenarioWebhookMode.Once,
        ["twice"] = ScenarioWebhookMode.Twice,
        ["never"] = ScenarioWebhookMode.Never,
        ["wrong-signature"] = ScenarioWebhookMode.WrongSignature,
        ["stale"] = ScenarioWebhookMode.Stale,
        ["unknown-key"] = ScenarioWebhookMode.UnknownKey,
    };

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

        ScenarioObject scenario = new(root, "$", "rules", "seed", "catalog", "history", "restrictedKey", "chaos");
        bool hasOtherMembers = scenario.Has("catalog") || scenario.Has("history") || scenario.Has("restrictedKey") || scenario.Has("chaos");
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
        };
    }

    /// <summary>Parses the headers member; empty if there is none.</summary>
    internal static IReadOnlyList<KeyValuePair<string, string>> ParseHeaders(ScenarioObject source)
    {
        if (!source.Has("headers"))
        {
            return [];
        }

        JsonObject headers = source["headers"] as JsonObject ?? throw new FormatException($"{source.Path}.headers: expected an object.");
        return [.. headers.Select(header => new KeyValuePair<string, string>(header.Key, header.Value?.ToString() ?? ""))];
    }

    private static ScenarioRule ParseRule(JsonNode? node, string path)
    {
        ScenarioObject rule = new(
            node, path, "method", "path", "model", "times", "skip", "probability", "reply", "fault", "delayMilliseconds", "task", "variant", "chat",
            "events");
        double probability = rule.Number("probability") ?? 1.0;
        ScenarioReply? reply = rule.Has("reply") ? ParseReply(rule["reply"], path + ".reply") : null;
        return new ScenarioRule
        {
            Method = rule.Text("method"),
            Path = rule.Text("path") is { } text ? new Wildcard(text) : null,
            Model = rule.Text("model") is { } model ? new Wildcard(model) : null,
            Times = rule.Count("times"),
            Skip = rule.Count("skip") ?? 0,
            Probability = probability is >= 0.0 and <= 1.0 ? probability : throw new FormatException($"{path}.probability: expected a number from 0 to 1."),
            Reply = reply,
            Fault = ParseName(rule, "fault", HttpFaults.ByName),
            FaultName = rule.Text("fault") ?? reply?.Sample,
            Delay = rule.Milliseconds("delayMilliseconds"),
            Task = rule.Has("task") ? ParseTask(rule["task"], path + ".task") : null,
            Variant = ParseSample(rule, "variant"),
            Chat = rule.Has("chat") ? ScenarioChatParser.Parse(rule["chat"], path + ".chat") : null,
            Events = rule.Count("events") ?? ScenarioRule.DefaultEvents,
        };
    }

    private static ScenarioReply ParseReply(JsonNode? node, string path)
    {
        ScenarioObject reply = new(node, path, "sample", "status", "headers", "body", "afterwards");
        int? status = reply.Count("status");
        if (status is < 200 or > 599)
        {
            throw new FormatException($"{path}.status: expected a status from 200 to 599.");
        }

        return new ScenarioReply
        {
            Sample = ParseSample(reply, "sample"),
            Status = status,
            Headers = ParseHeaders(reply),
            Body = reply["body"],
            ExecutesRequest = reply.Flag("afterwards") ?? false,
        };
    }

    private static ScenarioTask ParseTask(JsonNode? node, string path)
    {
        ScenarioObject task = new(
            node, path, "durationMilliseconds", "end", "error", "errorCode", "priceDelayMilliseconds", "pending", "notFoundMilliseconds", "webhook",
            "fallbackOnlyAfterMilliseconds");
        return new ScenarioTask
        {
            Duration = task.Milliseconds("durationMilliseconds"),
            End = ParseName(task, "end", s_taskEnds),
            Error = task.Text("error"),
            ErrorCode = task.Count("errorCode"),
            PriceDelay = task.Milliseconds("priceDelayMilliseconds"),
            Pending = task.Flag("pending"),
            Webhook = ParseName(task, "webhook", s_webhookModes),
            FallbackOnlyAfter = task.Milliseconds("fallbackOnlyAfterMilliseconds"),
            NotFound = task.Milliseconds("notFoundMilliseconds") ?? TimeSpan.Zero,
        };
    }

    private static T ParseName<T>(ScenarioObject source, string name, IReadOnlyDictionary<string, T> values)
        where T : struct
    {
        if (source.Text(name) is not { } text)
        {
            return default;
        }

        return values.TryGetValue(text, out T value)
            ? value
            : throw new FormatException($"{source.Path}.{name}: unknown value '{text}'. Known values: {string.Join(", ", values.Keys)}.");
    }

    private static string? ParseSample(ScenarioObject source, string name)
    {
        if (source.Text(name) is not { } path)
        {
            return null;
        }

        return Sample.All.ContainsKey(path)
            ? path
            : throw new FormatException($"{source.Path}.{name}: unknown sample '{path}'.");
    }
}
