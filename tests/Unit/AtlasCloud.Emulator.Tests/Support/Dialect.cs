using System.Text.Json.Nodes;

namespace AtlasCloud.Emulation.Tests.Support;

/// <summary>How one protocol of the chat models is spoken by a client.</summary>
internal abstract class Dialect
{
    internal static IReadOnlyDictionary<string, Dialect> All { get; } = new Dictionary<string, Dialect>
    {
        ["chat"] = new ChatDialect(),
        ["responses"] = new ResponsesDialect(),
        ["messages"] = new MessagesDialect(),
        ["gemini"] = new GeminiDialect(),
    };

    internal abstract string Model { get; }

    /// <summary>The words for the end by itself, by the limit, and for a tool.</summary>
    internal abstract (string Usual, string Length, string Tool) Stops { get; }

    internal abstract string Path(bool streamed);

    internal abstract JsonObject Body(string text, bool streamed = false, int? limit = null);

    internal abstract void AddTool(JsonObject body, string name, string schema);

    /// <summary>Adds an answer and the results of its calls to the request.</summary>
    internal abstract void AddResults(JsonObject body, Said said, params string[] results);

    internal abstract void AddSchema(JsonObject body, string schema);

    internal abstract void AskForReasoning(JsonObject body);

    internal abstract Said Read(JsonNode reply);

    internal abstract Said ReadEvents(IReadOnlyList<JsonNode> events);

    internal async Task<Said> AskAsync(Api api, JsonObject body, bool streamed = false)
    {
        using HttpResponseMessage reply = await api.PostAsync(Path(streamed), body.ToJsonString());
        string text = await reply.Content.ReadAsStringAsync();
        Assert.True(reply.IsSuccessStatusCode, text);
        Assert.Equal(streamed ? "text/event-stream" : "application/json", reply.Content.Headers.ContentType!.MediaType);
        return streamed ? ReadEvents(Events(text)) : Read(JsonNode.Parse(text)!);
    }

    /// <summary>The data of all events. Where an event has a name, the data repeats it.</summary>
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
