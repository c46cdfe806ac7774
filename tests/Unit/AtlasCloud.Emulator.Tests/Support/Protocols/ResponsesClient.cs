using System.Text.Json.Nodes;

namespace AtlasCloud.Emulation.Tests.Support.Protocols;

internal sealed class ResponsesClient : ChatClient
{
    internal override string Model => "openai/gpt-5.4-nano";

    internal override (string Usual, string Length, string Tool) FinishReasons => ("completed", "incomplete max_output_tokens", "completed");

    internal override string Path(bool streamed) => "/v1/responses";

    internal override JsonObject Body(string text, bool streamed = false, int? limit = null) => new()
    {
        ["model"] = Model,
        ["input"] = new JsonArray(
            new JsonObject { ["role"] = "system", ["content"] = "Be brief" },
            new JsonObject { ["role"] = "user", ["content"] = new JsonArray(new JsonObject { ["type"] = "input_text", ["text"] = text }) }),
        ["stream"] = streamed,
        ["max_output_tokens"] = limit,
    };

    internal override void AddTool(JsonObject body, string name, string schema)
    {
        JsonArray tools = body["tools"] as JsonArray ?? [];
        tools.Add(new JsonObject { ["type"] = "function", ["name"] = name, ["parameters"] = JsonNode.Parse(schema) });
        body["tools"] ??= tools;
    }

    internal override void AddResults(JsonObject body, ParsedReply reply, params string[] results)
    {
        JsonArray input = body["input"]!.AsArray();
        foreach ((string id, string name, string arguments) in reply.Calls)
        {
            input.Add(new JsonObject { ["type"] = "function_call", ["call_id"] = id, ["name"] = name, ["arguments"] = arguments });
        }

        for (int i = 0; i < results.Length; i++)
        {
            input.Add(new JsonObject { ["type"] = "function_call_output", ["call_id"] = reply.Calls[i].Id, ["output"] = results[i] });
        }
    }

    internal override void AddSchema(JsonObject body, string schema) => body["text"] = new JsonObject
    {
        ["format"] = new JsonObject { ["type"] = "json_schema", ["name"] = "reply", ["schema"] = JsonNode.Parse(schema) },
    };

    internal override void RequestReasoning(JsonObject body) => body["reasoning"] = new JsonObject { ["effort"] = "low", ["summary"] = "auto" };

    internal override ParsedReply Read(JsonNode reply)
    {
        List<JsonNode> items = [.. reply["output"]!.AsArray().Select(item => item!)];
        List<(string, string, string)> calls = [.. items.Where(i => (string)i["type"]! == "function_call")
            .Select(i => ((string)i["call_id"]!, (string)i["name"]!, (string)i["arguments"]!))];
        return new ParsedReply(
            Join(items.Where(i => (string)i["type"]! == "message").SelectMany(i => i["content"]!.AsArray()).Select(part => part!["text"])),
            Join(items.Where(i => (string)i["type"]! == "reasoning").SelectMany(i => i["summary"]!.AsArray()).Select(part => part!["text"])),
            calls, $"{reply["status"]} {reply["incomplete_details"]?["reason"]}".TrimEnd(),
            (int)reply["usage"]!["input_tokens"]!, (int)reply["usage"]!["output_tokens"]!);
    }

    internal override ParsedReply ReadEvents(IReadOnlyList<JsonNode> events)
    {
        Assert.Equal("response.created", (string)events[0]["type"]!);
        Assert.Equal(Enumerable.Range(0, events.Count), events.Select(e => (int)e["sequence_number"]!));
        ParsedReply reply = Read(events[^1]["response"]!);
        string[] arguments = [.. Of("response.function_call_arguments.delta").GroupBy(e => (int)e["output_index"]!).Select(g => Join(g.Select(e => e["delta"])))];
        Assert.Equal(reply.Calls.Select(call => call.Arguments), arguments);
        return reply with
        {
            Text = Join(Of("response.output_text.delta").Select(e => e["delta"])),
            Reasoning = Join(Of("response.reasoning_summary_text.delta").Select(e => e["delta"])),
        };

        IEnumerable<JsonNode> Of(string type) => events.Where(e => (string)e["type"]! == type);
    }
}
