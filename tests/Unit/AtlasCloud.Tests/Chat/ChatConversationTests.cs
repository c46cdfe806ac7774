using System.Collections;
using System.Collections.Specialized;
using System.Text.Json;
using AtlasCloud.Chat;
using AtlasCloud.Json;

namespace AtlasCloud.Tests;

/// <summary>Conversations that go on after they were written down.</summary>
public sealed class ChatConversationTests
{
    private static readonly ChatMessage[] s_messages =
    [
        new() { Role = "system", Text = "Be brief." },
        new() { Role = "user", Text = "Weather?", Images = ["https://example.com/a.png"], Audios = ["data:audio/wav;base64,AAAA"] },
        new() { Role = "assistant", ToolCalls = [new ChatToolCall { Id = "call_1", Name = "get_weather", Arguments = """{"city":"Oslo"}""", Signature = "proof" }], ReasoningBlocks = [new ReasoningBlock { Text = "Hm.", Signature = "s" }] },
        new() { Role = "tool", ToolCallId = "call_1", Text = "none", IsError = true },
        new() { Role = "assistant", Text = "\"Line\nline 2\", 'ünïcödé 漢字 🎬'" },
    ];

    [Fact]
    public void FromValue_of_a_serialized_reply_returns_the_same_messages()
    {
        ChatReply reply = new() { Model = "zai-org/glm-5", Conversation = s_messages };
        object? read = JsonValues.FromJson(Some.Json(JsonSerializer.Serialize(reply)));

        ChatConversation conversation = ChatConversation.FromValue(read);

        Assert.Equal("zai-org/glm-5", conversation.Model);
        Assert.Equal(JsonSerializer.Serialize(s_messages), JsonSerializer.Serialize(conversation.Messages));
    }

    [Fact]
    public void FromValue_ignores_missing_members_and_accepts_single_items_as_lists()
    {
        Hashtable plain = new()
        {
            ["conversation"] = new object?[]
            {
                new Hashtable { ["role"] = "User", ["content"] = "Hi", ["Images"] = "https://example.com/a.png" },
                new OrderedDictionary { ["Role"] = "assistant", ["ToolCalls"] = "get_weather({})" },
                new OrderedDictionary { ["role"] = "assistant", ["tool_calls"] = new object[] { new Hashtable { ["id"] = "call_1", ["function"] = new Hashtable { ["name"] = "f", ["arguments"] = new Hashtable { ["a"] = 1L } } } } },
                null,
            },
        };

        ChatConversation conversation = ChatConversation.FromValue(plain);

        Assert.Null(conversation.Model);
        Assert.Equal(["user", "assistant"], conversation.Messages.Select(m => m.Role));
        Assert.Equal("https://example.com/a.png", conversation.Messages[0].Images.Single());
        Assert.Equal("""call_1 f({"a":1})""", $"{conversation.Messages[1].ToolCalls[0].Id} {conversation.Messages[1].ToolCalls[0]}");
    }

    [Theory]
    [InlineData("text")]
    [InlineData("message")]
    [InlineData("messages")]
    [InlineData("reply")]
    public void FromValue_accepts_replies_messages_and_text(string form)
    {
        ChatMessage message = SomeChat.User("Hi");
        object plain = form switch
        {
            "text" => "Hi",
            "message" => message,
            "messages" => new object[] { message },
            _ => new ChatReply { Conversation = [message] },
        };

        Assert.Equal("user: Hi", ChatConversation.FromValue(plain).Messages.Single().ToString());
    }

    [Fact]
    public void FromValue_without_messages_throws()
    {
        foreach (object? plain in (object?[])[null, 5, new Hashtable(), Array.Empty<object>(), new Hashtable { ["Conversation"] = Array.Empty<object>() }])
        {
            Assert.Equal(AtlasCloudErrorKind.InvalidParameter, Assert.Throws<AtlasCloudException>(() => ChatConversation.FromValue(plain)).Kind);
        }
    }

    [Fact]
    public void ToolCallRepair_drops_results_without_calls_and_answers_open_calls()
    {
        ChatMessage[] messages =
        [
            SomeChat.User("a"),
            new() { Role = "tool", ToolCallId = "lost", Text = "?" },
            new() { Role = "assistant", ToolCalls = [new ChatToolCall { Id = "1", Name = "f" }, new ChatToolCall { Id = "2", Name = "f" }] },
            new() { Role = "tool", ToolCallId = "2", Text = "two" },
            SomeChat.User("b"),
        ];

        Assert.Equal(
            ["user: a", "assistant: ", "tool: two", "tool: This call was not run.", "user: b"],
            ToolCallRepair.Apply(messages).Select(m => m.ToString()));
    }

    [Fact]
    public async Task Conversation_continues_in_every_other_protocol()
    {
        foreach (string protocol in SomeChat.AllProtocols)
        {
            StubHandler service = SomeChat.Service(SomeAnswer.Of(protocol, stream: false, "Yes."));
            ChatMessage[] messages = [.. s_messages.Select(m => m with { Images = [], Audios = [] }), SomeChat.User("Sure?")];

            ChatReply reply = await SomeChat.AskAsync(service, SomeChat.Request(protocol) with { Messages = messages });

            Assert.Equal("Yes.", reply.Text);
            Assert.Equal(messages.Length + 1, reply.Conversation.Count);
        }
    }
}
