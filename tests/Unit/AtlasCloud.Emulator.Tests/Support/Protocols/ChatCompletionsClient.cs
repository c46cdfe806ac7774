using System.Text.Json.Nodes;

namespace AtlasCloud.Emulation.Tests.Support.Protocols;

internal sealed class ChatCompletionsClient : ChatClient
{
    internal override string Model => "deepseek-ai/deepseek-v3.2";

    internal override (string Usual, string Length, string Tool) FinishReasons => ("stop", "length", "tool_calls");

    internal override string Path(bool streamed) => "/v1/chat/completions";

    internal override JsonObject Body(string text, bool streamed = false, int? limit = null) => new()
    {
        ["model"] = Model,
        ["messages"] = new JsonArray(
            new JsonObject { ["role"] = "system", ["content"] = "Be brief" }, new JsonObject { ["role"] = "user", ["content"] = text }),
        ["stream"] = streamed,
        ["stream_options"] = new JsonObject { ["include_usage"] = true },
        ["max_tokens"] = limit,
    };

    internal override void AddTool(JsonObject body, string name, string schema)
    {
        JsonArray tools = body["tools"] as JsonArray ?? [];
        tools.Add(new JsonObject { ["type"] = "function", ["function"] = new JsonObject { ["name"] = name, ["parameters"] = JsonNode.Parse(schema) } });
        body["tools"] ??= tools;
    }

    internal override void AddResults(JsonObject body, ParsedReply reply, params string[] results)
    {
        JsonArray messages = body["messages"]!.AsArray();
        JsonArray calls = new([.. reply.Calls.Select(call => new JsonObject
        {
            ["id"] = call.Id,
            ["type"] = "function",
            ["function"] = new JsonObject { ["name"] = call.Name, ["arguments"] = call.Arguments },
        })]);
        messages.Add(new JsonObject { ["role"] = "assistant", ["content"] = null, ["tool_calls"] = calls });
        for (int i = 0; i < results.Length; i++)
        {
            messages.Add(new JsonObject { ["role"] = "tool", ["tool_call_id"] = reply.Calls[i].Id, ["content"] = results[i] });
        }
    }

    internal override void AddSchema(JsonObject body, string schema) => body["response_format"] = new JsonObject
    {
        ["type"] = "json_schema",
        ["json_schema"] = new JsonObject { ["name"] = "reply", ["strict"] = true, ["schema"] = JsonNode.Parse(schema) },
    };

    internal override void RequestReasoning(JsonObject body) => body["reasoning_effort"] = "low";

    internal override ParsedReply Read(JsonNode reply)
    {
        JsonNode message = reply["choices"]![0]!["message"]!;
        List<(string, string, string)> calls = [.. (message["tool_calls"] as JsonArray ?? []).Select(call =>
            ((string)call!["id"]!, (string)call["function"]!["name"]!, (string)call["function"]!["arguments"]!))];
        return new ParsedReply(
            (string?)message["content"] ?? "", (string?)message["reasoning_content"] ?? "", calls, (string?)reply["choices"]![0]!["finish_reason"],
            (int)reply["usage"]!["prompt_tokens"]!, (int)reply["usage"]!["completion_tokens"]!);
    }

    internal override ParsedReply ReadEvents(IReadOnlyList<JsonNode> events)
    {
        List<JsonNode> choices = [.. events.Where(e => e["choices"] is JsonArray { Count: > 0 }).Select(e => e["choices"]![0]!)];
        List<(string, string, string)> calls = [.. choices.Select(c => c["delta"]!["tool_calls"]?[0]).OfType<JsonNode>()
            .GroupBy(call => (int)call["index"]!)
            .Select(pieces => (
                (string)pieces.First()["id"]!,
                (string)pieces.First()["function"]!["name"]!,
                Join(pieces.Select(piece => piece["function"]!["arguments"]))))];
        JsonNode usage = events[^1]["usage"]!;
        return new ParsedReply(
            Join(choices.Select(c => c["delta"]!["content"])), Join(choices.Select(c => c["delta"]!["reasoning_content"])), calls,
            (string?)choices[^1]["finish_reason"], (int)usage["prompt_tokens"]!, (int)usage["completion_tokens"]!);
    }
}
