using System.Text.Json.Nodes;

namespace AtlasCloud.Tests;

/// <summary>Answers of a language model in the words of each protocol, whole or as a stream. Each takes 10 tokens to read and 5 to write.</summary>
internal static class SomeAnswer
{
    /// <summary>A call as (id, name, arguments).</summary>
    internal static StubReply Of(string protocol, bool stream, string text, params (string Id, string Name, string Arguments)[] calls) =>
        stream ? Events(StreamOf(protocol, text, calls)) : StubReply.Json(WholeOf(protocol, text, calls).ToJsonString());

    internal static StubReply Events(IEnumerable<string> data) =>
        StubReply.Text(string.Concat(data.Select(d => $"data: {d}\n\n")), 200, "text/event-stream");

    private static JsonObject WholeOf(string protocol, string text, (string Id, string Name, string Arguments)[] calls) => protocol switch
    {
        SomeChat.Responses => new JsonObject
        {
            ["id"] = "resp_1",
            ["object"] = "response",
            ["status"] = "completed",
            ["output"] = new JsonArray(
            [
                .. text.Length > 0 ? (JsonNode[])[new JsonObject { ["type"] = "message", ["content"] = Array(new JsonObject { ["type"] = "output_text", ["text"] = text }) }] : [],
                .. calls.Select(c => new JsonObject { ["type"] = "function_call", ["call_id"] = c.Id, ["name"] = c.Name, ["arguments"] = c.Arguments }),
            ]),
            ["usage"] = new JsonObject { ["input_tokens"] = 10, ["output_tokens"] = 5 },
        },
        SomeChat.Claude => new JsonObject
        {
            ["id"] = "msg_1",
            ["type"] = "message",
            ["content"] = new JsonArray(
            [
                .. text.Length > 0 ? (JsonNode[])[new JsonObject { ["type"] = "text", ["text"] = text }] : [],
                .. calls.Select(c => new JsonObject { ["type"] = "tool_use", ["id"] = c.Id, ["name"] = c.Name, ["input"] = JsonNode.Parse(c.Arguments) }),
            ]),
            ["stop_reason"] = calls.Length > 0 ? "tool_use" : "end_turn",
            ["usage"] = new JsonObject { ["input_tokens"] = 10, ["output_tokens"] = 5 },
        },
        SomeChat.Gemini => new JsonObject
        {
            ["candidates"] = Array(new JsonObject
            {
                ["content"] = new JsonObject
                {
                    ["role"] = "model",
                    ["parts"] = new JsonArray(
                    [
                        .. text.Length > 0 ? (JsonNode[])[new JsonObject { ["text"] = text }] : [],
                        .. calls.Select(c => new JsonObject { ["functionCall"] = new JsonObject { ["id"] = c.Id, ["name"] = c.Name, ["args"] = JsonNode.Parse(c.Arguments) }, ["thoughtSignature"] = "proof-" + c.Id }),
                    ]),
                },
                ["finishReason"] = "STOP",
            }),
            ["usageMetadata"] = new JsonObject { ["promptTokenCount"] = 10, ["candidatesTokenCount"] = 5, ["totalTokenCount"] = 15 },
        },
        _ => new JsonObject
        {
            ["id"] = "chatcmpl-1",
            ["choices"] = Array(new JsonObject
            {
                ["message"] = new JsonObject
                {
                    ["content"] = text,
                    ["tool_calls"] = new JsonArray([.. calls.Select(c => new JsonObject
                    {
                        ["id"] = c.Id,
                        ["type"] = "function",
                        ["function"] = new JsonObject { ["name"] = c.Name, ["arguments"] = c.Arguments },
                    })]),
                },
                ["finish_reason"] = calls.Length > 0 ? "tool_calls" : "stop",
            }),
            ["usage"] = new JsonObject { ["prompt_tokens"] = 10, ["completion_tokens"] = 5, ["total_tokens"] = 15 },
        },
    };

    // Words and arguments come in halves, and the calls one into the other where the protocol allows that.
    private static IEnumerable<string> StreamOf(string protocol, string text, (string Id, string Name, string Arguments)[] calls)
    {
        string[] words = text.Length > 1 ? [text[..(text.Length / 2)], text[(text.Length / 2)..]] : [text];
        return protocol switch
        {
            SomeChat.Responses =>
            [
                """{"type":"response.created","response":{"id":"resp_1"}}""",
                .. words.Select(w => new JsonObject { ["type"] = "response.output_text.delta", ["delta"] = w }.ToJsonString()),
                .. calls.Select((c, i) => new JsonObject
                {
                    ["type"] = "response.output_item.added",
                    ["output_index"] = i + 1,
                    ["item"] = new JsonObject { ["type"] = "function_call", ["call_id"] = c.Id, ["name"] = c.Name, ["arguments"] = "" },
                }.ToJsonString()),
                .. Halves(calls, (half, i) => new JsonObject { ["type"] = "response.function_call_arguments.delta", ["output_index"] = i + 1, ["delta"] = half }),
                new JsonObject { ["type"] = "response.completed", ["response"] = WholeOf(protocol, text, calls) }.ToJsonString(),
            ],
            SomeChat.Claude =>
            [
                """{"type":"message_start","message":{"id":"msg_1","usage":{"input_tokens":10,"output_tokens":1}}}""",
                """{"type":"ping"}""",
                .. words.Select(w => new JsonObject { ["type"] = "content_block_delta", ["index"] = 0, ["delta"] = new JsonObject { ["type"] = "text_delta", ["text"] = w } }.ToJsonString()),
                .. calls.Select((c, i) => new JsonObject
                {
                    ["type"] = "content_block_start",
                    ["index"] = i + 1,
                    ["content_block"] = new JsonObject { ["type"] = "tool_use", ["id"] = c.Id, ["name"] = c.Name, ["input"] = new JsonObject() },
                }.ToJsonString()),
                .. Halves(calls, (half, i) => new JsonObject { ["type"] = "content_block_delta", ["index"] = i + 1, ["delta"] = new JsonObject { ["type"] = "input_json_delta", ["partial_json"] = half } }),
                new JsonObject
                {
                    ["type"] = "message_delta",
                    ["delta"] = new JsonObject { ["stop_reason"] = calls.Length > 0 ? "tool_use" : "end_turn" },
                    ["usage"] = new JsonObject { ["output_tokens"] = 5 },
                }.ToJsonString(),
                """{"type":"message_stop"}""",
            ],
            SomeChat.Gemini =>
            [
                .. words.Select(w => new JsonObject { ["candidates"] = Array(new JsonObject { ["content"] = new JsonObject { ["parts"] = Array(new JsonObject { ["text"] = w }) } }) }.ToJsonString()),
                WholeOf(protocol, "", calls).ToJsonString(),
            ],
            _ =>
            [
                .. words.Select(w => Delta(new JsonObject { ["content"] = w }, null)),
                .. calls.Select((c, i) => Delta(new JsonObject { ["tool_calls"] = Array(new JsonObject { ["index"] = i, ["id"] = c.Id, ["function"] = new JsonObject { ["name"] = c.Name, ["arguments"] = "" } }) }, null)),
                .. Halves(calls, (half, i) => JsonNode.Parse(Delta(new JsonObject { ["tool_calls"] = Array(new JsonObject { ["index"] = i, ["function"] = new JsonObject { ["arguments"] = half } }) }, null))!.AsObject()),
                Delta([], calls.Length > 0 ? "tool_calls" : "stop"),
                """{"choices":[],"usage":{"prompt_tokens":10,"completion_tokens":5,"total_tokens":15}}""",
                "[DONE]",
            ],
        };
    }

    internal static string Delta(JsonObject delta, string? finish) =>
        new JsonObject { ["id"] = "chatcmpl-1", ["choices"] = Array(new JsonObject { ["index"] = 0, ["delta"] = delta, ["finish_reason"] = finish }) }.ToJsonString();

    private static IEnumerable<string> Halves((string Id, string Name, string Arguments)[] calls, Func<string, int, JsonObject> compose) =>
        new[] { 0, 1 }.SelectMany(part => calls.Select((c, i) =>
            compose(part == 0 ? c.Arguments[..(c.Arguments.Length / 2)] : c.Arguments[(c.Arguments.Length / 2)..], i).ToJsonString()));

    private static JsonArray Array(JsonNode item) => new(item);
}
