using System.Text.Json.Nodes;

namespace AtlasCloud.Emulation.Tests.Support.Protocols;

/// <summary>A client for one chat protocol.</summary>
internal abstract class ChatClient
{
    internal static IReadOnlyDictionary<string, ChatClient> All { get; } = new Dictionary<string, ChatClient>
    {
        ["chat"] = new ChatCompletionsClient(),
        ["responses"] = new ResponsesClient(),
        ["messages"] = new MessagesClient(),
        ["gemini"] = new GeminiClient(),
    };

    internal abstract string Model { get; }

    /// <summary>The finish reasons for a normal end, the token limit, and a tool call.</summary>
    internal abstract (string Usual, string Length, string Tool) FinishReasons { get; }

    internal abstract string Path(bool streamed);

    internal abstract JsonObject Body(string text, bool streamed = false, int? limit = null);

    internal abstract void AddTool(JsonObject body, string name, string schema);

    /// <summary>Adds a reply and its tool results to the request.</summary>
    internal abstract void AddResults(JsonObject body, ParsedReply reply, params string[] results);

    internal abstract void AddSchema(JsonObject body, string schema);

    internal abstract void RequestReasoning(JsonObject body);

    internal abstract ParsedReply Read(JsonNode reply);

    internal abstract ParsedReply ReadEvents(IReadOnlyList<JsonNode> events);

    internal async Task<ParsedReply> SendAsync(Api api, JsonObject body, bool streamed = false)
    {
        using HttpResponseMessage reply = await api.PostAsync(Path(streamed), body.ToJsonString());
        string text = await reply.Content.ReadAsStringAsync();
        Assert.True(reply.IsSuccessStatusCode, text);
        Assert.Equal(streamed ? "text/event-stream" : "application/json", reply.Content.Headers.ContentType!.MediaType);
        return streamed ? ReadEvents(Events(text)) : Read(JsonNode.Parse(text)!);
    }

    /// <summary>Parses the data of all events. The type in the data must match the event name.</summary>
    internal static List<JsonNode> Events(string text)
    {
        List<JsonNode> events = [];
        foreach (string block in text.Split("\n\n", StringSplitOptions.RemoveEmptyEntries))
        {
            string[] lines = block.Split('\n');
            string data = lines[^1]["data: ".Length..];
            if (data != "[DONE]")
            {
                events.Add(JsonNode.Parse(data)!);
                Assert.True(lines.Length == 1 || lines[0] == "event: " + events[^1]["type"], block);
            }
        }

        return events;
    }

    protected static string Join(IEnumerable<JsonNode?> texts) => string.Concat(texts.Select(text => (string?)text));
}
