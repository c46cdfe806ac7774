using System.Text.Json.Nodes;

namespace AtlasCloud.Emulation.Tests.Support.Protocols;

internal sealed class GeminiClient : ChatClient
{
    internal override string Model => "google/gemini-2.5-flash";

    internal override (string Usual, string Length, string Tool) FinishReasons => ("STOP", "MAX_TOKENS", "STOP");

    internal override string Path(bool streamed) => $"/v1/models/{Model}:" + (streamed ? "streamGenerateContent?alt=sse" : "generateContent");

    internal override JsonObject Body(string text, bool streamed = false, int? limit = null) => new()
    {
        ["contents"] = new JsonArray(new JsonObject { ["role"] = "user", ["parts"] = new JsonArray(new JsonObject { ["text"] = text }) }),
        ["systemInstruction"] = new JsonObject { ["parts"] = new JsonArray(new JsonObject { ["text"] = "Be brief" }) },
        ["generationConfig"] = new JsonObject { ["maxOutputTokens"] = limit },
    };

    internal override void AddTool(JsonObject body, string name, string schema)
    {
        body["tools"] ??= new JsonArray(new JsonObject { ["functionDeclarations"] = new JsonArray() });
        body["tools"]![0]!["functionDeclarations"]!.AsArray().Add(new JsonObject { ["name"] = name, ["parameters"] = JsonNode.Parse(schema) });
    }

    internal override void AddResults(JsonObject body, ParsedReply reply, params string[] results)
    {
        JsonArray calls = new([.. reply.Calls.Select(call => new JsonObject
        {
            ["functionCall"] = new JsonObject { ["name"] = call.Name, ["args"] = JsonNode.Parse(call.Arguments) },
        })]);
        JsonArray responses = new([.. results.Select((result, i) => new JsonObject
        {
            ["functionResponse"] = new JsonObject { ["name"] = reply.Calls[i].Name, ["response"] = new JsonObject { ["result"] = result } },
        })]);
        body["contents"]!.AsArray().Add(new JsonObject { ["role"] = "model", ["parts"] = calls });
        body["contents"]!.AsArray().Add(new JsonObject { ["role"] = "user", ["parts"] = responses });
    }

    internal override void AddSchema(JsonObject body, string schema)
    {
        body["generationConfig"]!["responseMimeType"] = "application/json";
        body["generationConfig"]!["responseSchema"] = JsonNode.Parse(schema);
    }

    internal override void RequestReasoning(JsonObject body) =>
        body["generationConfig"]!["thinkingConfig"] = new JsonObject { ["includeThoughts"] = true };

    internal override ParsedReply Read(JsonNode reply) => ReadEvents([reply]);

    internal override ParsedReply ReadEvents(IReadOnlyList<JsonNode> events)
    {
        List<JsonNode> parts = [.. events.SelectMany(e => e["candidates"]![0]!["content"]!["parts"] as JsonArray ?? []).OfType<JsonNode>()];
        List<(string, string, string)> calls = [.. parts.Select(p => p["functionCall"]).OfType<JsonNode>()
            .Select(call => ("", (string)call["name"]!, call["args"]!.ToJsonString()))];
        JsonNode usage = events[^1]["usageMetadata"]!;
        return new ParsedReply(
            Join(parts.Where(p => p["thought"] is null).Select(p => p["text"])), Join(parts.Where(p => p["thought"] is not null).Select(p => p["text"])),
            calls, (string?)events[^1]["candidates"]![0]!["finishReason"],
            (int)usage["promptTokenCount"]!, (int)usage["totalTokenCount"]! - (int)usage["promptTokenCount"]!);
    }
}
