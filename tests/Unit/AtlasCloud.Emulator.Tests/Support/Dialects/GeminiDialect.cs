using System.Text.Json.Nodes;

namespace AtlasCloud.Emulation.Tests.Support;

internal sealed class GeminiDialect : Dialect
{
    internal override string Model => "google/gemini-2.5-flash";

    internal override (string Usual, string Length, string Tool) Stops => ("STOP", "MAX_TOKENS", "STOP");

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

    internal override void AddResults(JsonObject body, Said said, params string[] results)
    {
        JsonArray calls = new([.. said.Calls.Select(call => new JsonObject
        {
            ["functionCall"] = new JsonObject { ["name"] = call.Name, ["args"] = JsonNode.Parse(call.Arguments) },
        })]);
        JsonArray answers = new([.. results.Select((result, i) => new JsonObject
        {
            ["functionResponse"] = new JsonObject { ["name"] = said.Calls[i].Name, ["response"] = new JsonObject { ["result"] = result } },
        })]);
        body["contents"]!.AsArray().Add(new JsonObject { ["role"] = "model", ["parts"] = calls });
        body["contents"]!.AsArray().Add(new JsonObject { ["role"] = "user", ["parts"] = answers });
    }

    internal override void AddSchema(JsonObject body, string schema)
    {
        body["generationConfig"]!["responseMimeType"] = "application/json";
        body["generationConfig"]!["responseSchema"] = JsonNode.Parse(schema);
    }

    internal override void AskForReasoning(JsonObject body) =>
        body["generationConfig"]!["thinkingConfig"] = new JsonObject { ["includeThoughts"] = true };

    internal override Said Read(JsonNode reply) => ReadEvents([reply]);

    internal override Said ReadEvents(IReadOnlyList<JsonNode> events)
    {
        List<JsonNode> parts = [.. events.SelectMany(e => e["candidates"]![0]!["content"]!["parts"] as JsonArray ?? []).OfType<JsonNode>()];
        List<(string, string, string)> calls = [.. parts.Select(p => p["functionCall"]).OfType<JsonNode>()
            .Select(call => ("", (string)call["name"]!, call["args"]!.ToJsonString()))];
        JsonNode usage = events[^1]["usageMetadata"]!;
        return new Said(
            Join(parts.Where(p => p["thought"] is null).Select(p => p["text"])), Join(parts.Where(p => p["thought"] is not null).Select(p => p["text"])),
            calls, (string?)events[^1]["candidates"]![0]!["finishReason"],
            (int)usage["promptTokenCount"]!, (int)usage["totalTokenCount"]! - (int)usage["promptTokenCount"]!);
    }
}
