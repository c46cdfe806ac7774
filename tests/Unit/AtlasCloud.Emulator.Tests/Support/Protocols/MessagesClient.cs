using System.Text.Json.Nodes;

namespace AtlasCloud.Emulation.Tests.Support.Protocols;

internal sealed class MessagesClient : ChatClient
{
    internal override string Model => "anthropic/claude-haiku-4.5-20251001";

    internal override (string Usual, string Length, string Tool) FinishReasons => ("end_turn", "max_tokens", "tool_use");

    internal override string Path(bool streamed) => "/v1/messages";

    internal override JsonObject Body(string text, bool streamed = false, int? limit = null) => new()
    {
        ["model"] = Model,
        ["system"] = "Be brief",
        ["messages"] = new JsonArray(new JsonObject { ["role"] = "user", ["content"] = text }),
        ["stream"] = streamed,
        ["max_tokens"] = limit ?? 1_000_000,
    };

    internal override void AddTool(JsonObject body, string name, string schema)
    {
        JsonArray tools = body["tools"] as JsonArray ?? [];
        tools.Add(new JsonObject { ["name"] = name, ["input_schema"] = JsonNode.Parse(schema) });
        body["tools"] ??= tools;
    }

    internal override void AddResults(JsonObject body, ParsedReply reply, params string[] results)
    {
        JsonArray messages = body["messages"]!.AsArray();
        JsonArray calls = new([.. reply.Calls.Select(call => new JsonObject
        {
            ["type"] = "tool_use",
            ["id"] = call.Id,
            ["name"] = call.Name,
            ["input"] = JsonNode.Parse(call.Arguments),
        })]);
        JsonArray toolResults = new([.. results.Select((result, i) => new JsonObject
        {
            ["type"] = "tool_result",
            ["tool_use_id"] = reply.Calls[i].Id,
            ["content"] = result,
        })]);
        messages.Add(new JsonObject { ["role"] = "assistant", ["content"] = calls });
        messages.Add(new JsonObject { ["role"] = "user", ["content"] = toolResults });
    }

    internal override void AddSchema(JsonObject body, string schema)
    {
        AddTool(body, "reply", schema);
        body["tool_choice"] = new JsonObject { ["type"] = "tool", ["name"] = "reply" };
    }

    internal override void RequestReasoning(JsonObject body) => body["thinking"] = new JsonObject { ["type"] = "enabled", ["budget_tokens"] = 1024 };

    internal override ParsedReply Read(JsonNode reply)
    {
        List<JsonNode> blocks = [.. reply["content"]!.AsArray().Select(block => block!)];
        List<(string, string, string)> calls = [.. blocks.Where(b => (string)b["type"]! == "tool_use")
            .Select(b => ((string)b["id"]!, (string)b["name"]!, b["input"]!.ToJsonString()))];
        return new ParsedReply(
            Join(blocks.Select(b => b["text"])), Join(blocks.Select(b => b["thinking"])), calls, (string?)reply["stop_reason"],
            (int)reply["usage"]!["input_tokens"]!, (int)reply["usage"]!["output_tokens"]!);
    }

    internal override ParsedReply ReadEvents(IReadOnlyList<JsonNode> events)
    {
        Assert.Equal(("message_start", "message_stop"), ((string)events[0]["type"]!, (string)events[^1]["type"]!));
        Assert.Equal(
            events.Count(e => (string)e["type"]! == "content_block_start"), events.Count(e => (string)e["type"]! == "content_block_stop"));
        List<JsonNode> deltas = [.. events.Where(e => (string)e["type"]! == "content_block_delta")];
        List<(string, string, string)> calls = [];
        foreach (JsonNode start in events.Where(e => (string?)e["content_block"]?["type"] == "tool_use"))
        {
            string arguments = Join(deltas.Where(d => (int)d["index"]! == (int)start["index"]!).Select(d => d["delta"]!["partial_json"]));
            calls.Add(((string)start["content_block"]!["id"]!, (string)start["content_block"]!["name"]!, arguments));
        }

        JsonNode end = events[^2];
        return new ParsedReply(
            Join(deltas.Select(d => d["delta"]!["text"])), Join(deltas.Select(d => d["delta"]!["thinking"])), calls,
            (string?)end["delta"]!["stop_reason"],
            (int)events[0]["message"]!["usage"]!["input_tokens"]!, (int)end["usage"]!["output_tokens"]!);
    }
}
