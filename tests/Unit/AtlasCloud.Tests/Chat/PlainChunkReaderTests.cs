using System.Text;
using System.Text.Json;
using AtlasCloud.Chat;
using AtlasCloud.Chat.Protocols;
using AtlasCloud.Json;

namespace AtlasCloud.Tests;

public sealed class PlainChunkReaderTests
{
    private const string Event = """{"id":"c-1","object":"chat.completion.chunk","created":1,"model":"m","choices":[{"index":0,"delta":{"content":"a \"b\" é"},"finish_reason":null}]}""";

    [Theory]
    [InlineData(Event)]
    [InlineData("""{"choices":[{"delta":{"role":"assistant","content":"x"},"logprobs":null}],"usage":null,"system_fingerprint":"f"}""")]
    [InlineData("""{"id":"c","choices":[{"delta":{"content":"bell\u0007 and line\n"}}]}""")]
    [InlineData("""{"id":"c","choices":[{"delta":{"content":"\ud83d\ude00"}}]}""")]
    public void Plain_event_is_read_as_the_protocol_reads_it(string json)
    {
        ChatEvent? read = new PlainChunkReader().TryRead(Encoding.UTF8.GetBytes(json));

        Assert.NotNull(read);
        AssertSame(new ChatCompletions().ReadEvent(JsonText.Parse(json)!.Value)!, read);
    }

    [Theory]
    [InlineData("[DONE]")]
    [InlineData("""{"choices":[]}""")]
    [InlineData("""{"choices":[{"delta":{"content":""}}]}""")]
    [InlineData("""{"choices":[{"delta":{"content":"x"},"finish_reason":"stop"}]}""")]
    [InlineData("""{"choices":[{"delta":{"content":"x"}},{"delta":{"content":"y"}}]}""")]
    [InlineData("""{"choices":[{"delta":{"content":"x"}}],"choices":[{"delta":{"content":"y"}}]}""")]
    [InlineData("""{"choices":[{"delta":{"content":"x","content":"y"}}]}""")]
    [InlineData("""{"choices":[{"delta":{"content":"x","reasoning":"why"}}]}""")]
    [InlineData("""{"choices":[{"delta":{"content":"x","tool_calls":[]}}]}""")]
    [InlineData("""{"choices":[{"delta":{"content":"x"}}],"usage":{"total_tokens":1}}""")]
    [InlineData("""{"choices":[{"delta":{"content":"x"}}],"error":{"message":"broken"}}""")]
    [InlineData("""{"choices":[{"delta":{"content":"\ud83d"}}]}""")]
    [InlineData("""{"id":"bell\u0007","choices":[{"delta":{"content":"x"}}]}""")]
    [InlineData("""{"choices":[{"delta":{"content":"x"}}]""")]
    [InlineData("""{"choices":[{"delta":{"content":"x"}}]} {}""")]
    public void Any_other_event_is_left_to_the_protocol(string json) => Assert.Null(new PlainChunkReader().TryRead(Encoding.UTF8.GetBytes(json)));

    [Fact]
    public void Recorded_streams_are_read_as_the_protocol_reads_them()
    {
        int plain = 0;
        foreach (string line in Directory.GetFiles(Path.Join(AppContext.BaseDirectory, "Fixtures", "sse"), "chat-*.txt").SelectMany(File.ReadAllLines).Where(l => l.StartsWith("data:", StringComparison.Ordinal)))
        {
            string json = line["data:".Length..].Trim();
            if (new PlainChunkReader().TryRead(Encoding.UTF8.GetBytes(json)) is ChatEvent read)
            {
                AssertSame(new ChatCompletions().ReadEvent(JsonText.Parse(json)!.Value)!, read);
                plain++;
            }
        }

        Assert.True(plain > 10, $"{plain} events were read.");
    }

    [Fact]
    public void Id_of_an_earlier_event_is_not_used_for_one_with_another()
    {
        PlainChunkReader reader = new();

        string?[] ids = [.. new[] { "a", "a", "b" }.Select(id => reader.TryRead(Encoding.UTF8.GetBytes(Event.Replace("c-1", id, StringComparison.Ordinal)))!.Id)];

        Assert.Equal(["a", "a", "b"], ids);
    }

    [Theory]
    [InlineData("apikey-0123456789")]
    [InlineData("APIKEY-0123456789")]
    [InlineData("\\u0061pikey-0123456789")]
    [InlineData("a%70ikey-0123456789")]
    public void Event_with_the_key_is_masked(string key)
    {
        string json = Event.Replace("c-1", key, StringComparison.Ordinal);

        ChatStreamItem item = ChatStreamItem.Parse(Encoding.UTF8.GetBytes(json), "apikey-0123456789", new PlainChunkReader());

        Assert.Null(item.Event);
        Assert.Equal("***", item.Json!.Value.GetProperty("id").GetString());
    }

    private static void AssertSame(ChatEvent expected, ChatEvent actual) =>
        Assert.Equal(JsonSerializer.Serialize(Describe(expected)), JsonSerializer.Serialize(Describe(actual)));

    private static object Describe(ChatEvent read) => new
    {
        read.Text,
        read.Reasoning,
        Calls = read.ToolCalls.Count,
        read.FinishReason,
        read.RawFinishReason,
        HasUsage = read.Usage is not null,
        read.Model,
        read.Failure,
        read.IsLast,
        Id = read.Id ?? "none",
    };
}
