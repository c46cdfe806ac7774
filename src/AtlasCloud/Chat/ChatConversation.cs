using System.Collections;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using AtlasCloud.Json;

namespace AtlasCloud.Chat;

/// <summary>A conversation to go on with, from a reply or from what is left of one after it was written to a file.</summary>
/// <param name="Model">The model that answered last; null where it is not known.</param>
/// <param name="Messages">What was said.</param>
internal sealed record ChatConversation(string? Model, IReadOnlyList<ChatMessage> Messages)
{
    /// <summary>Reads a reply, a message, a list of messages, or any of them as dictionaries and arrays; what is missing is left out.</summary>
    /// <exception cref="AtlasCloudException">InvalidParameter: there is no message in it.</exception>
    internal static ChatConversation FromPlain(object? plain)
    {
        ChatConversation found = plain switch
        {
            ChatReply reply => new(reply.Model, reply.Conversation),
            IDictionary reply when Member(reply, "Conversation", "Messages") is object messages => new(TextOf(reply, "Model"), MessagesOf(messages)),
            _ => new(null, MessagesOf(plain)),
        };
        return found.Messages.Count > 0 ? found : throw new AtlasCloudException(AtlasCloudErrorKind.InvalidParameter, "There is no conversation to go on with. Nothing was sent.")
        {
            RecommendedAction = "Give a reply of Invoke-AtlasChat, one that was read back from ConvertTo-Json -Depth 10 or Export-Clixml, or messages with Role and Text.",
        };
    }

    /// <summary>Reads what <see cref="ToJson"/> wrote, or a reply that was turned into JSON by other means.</summary>
    /// <exception cref="AtlasCloudException">InvalidParameter: it is no JSON, or there is no message in it.</exception>
    internal static ChatConversation FromJson(string json) =>
        FromPlain(JsonText.Parse(json) is JsonElement element ? JsonValues.FromJson(element) : null);

    /// <summary>The conversation for a file, in which people can read it.</summary>
    internal string ToJson()
    {
        JsonObject conversation = new()
        {
            [nameof(Model)] = Model,
            ["Conversation"] = new JsonArray([.. Messages.Select(m => (JsonNode)new JsonObject
            {
                ["Role"] = m.Role,
                ["Text"] = m.Text,
                ["Images"] = JsonValues.ToJson(m.Images),
                ["Videos"] = JsonValues.ToJson(m.Videos),
                ["Audios"] = JsonValues.ToJson(m.Audios),
                ["ToolCalls"] = new JsonArray([.. m.ToolCalls.Select(c => (JsonNode)new JsonObject { ["Id"] = c.Id, ["Name"] = c.Name, ["Arguments"] = c.Arguments, ["Signature"] = c.Signature })]),
                ["ToolCallId"] = m.ToolCallId,
            })]),
        };
        return JsonSerializer.Serialize(conversation, AtlasJson.Readable.GetTypeInfo(typeof(JsonObject)));
    }

    private static ChatMessage[] MessagesOf(object? plain) => plain switch
    {
        ChatMessage message => [message],
        string text => [new ChatMessage { Role = "user", Text = text }],
        IDictionary message => MessageOf(message) is ChatMessage one ? [one] : [],
        IEnumerable items => [.. items.Cast<object?>().SelectMany(MessagesOf)],
        _ => [],
    };

    private static ChatMessage? MessageOf(IDictionary plain)
    {
        ChatMessage message = new()
        {
            Role = (TextOf(plain, "Role") ?? "user").ToLowerInvariant(),
            Text = TextOf(plain, "Text", "Content") ?? "",
            Images = TextsOf(plain, "Images"),
            Videos = TextsOf(plain, "Videos"),
            Audios = TextsOf(plain, "Audios"),
            ToolCalls = [.. ItemsOf(Member(plain, "ToolCalls", "tool_calls")).Select(CallOf).OfType<ChatToolCall>()],
            ToolCallId = TextOf(plain, "ToolCallId", "tool_call_id"),
            IsError = Member(plain, "IsError") is true,
            Thoughts = [.. ItemsOf(Member(plain, "Thoughts")).OfType<IDictionary>().Select(ThoughtOf)],
        };
        bool isEmpty = message is { Text.Length: 0, Images.Count: 0, Videos.Count: 0, Audios.Count: 0, ToolCalls.Count: 0, ToolCallId: null };
        return isEmpty ? null : message;
    }

    private static ChatToolCall? CallOf(object? plain) => plain switch
    {
        ChatToolCall call => call,
        IDictionary call when (Member(call, "function") as IDictionary ?? call) is IDictionary function && TextOf(function, "Name") is string name => new ChatToolCall
        {
            Id = TextOf(call, "Id") ?? "",
            Name = name,
            Arguments = Member(function, "Arguments") is object arguments and not string ? JsonText.Write(JsonValues.ToJson(arguments)) : TextOf(function, "Arguments") ?? "",
            Signature = TextOf(call, "Signature"),
        },
        _ => null,
    };

    private static ReasoningBlock ThoughtOf(IDictionary plain) =>
        new() { Text = TextOf(plain, "Text") ?? "", Signature = TextOf(plain, "Signature"), IsSecret = Member(plain, "IsSecret") is true };

    private static string[] TextsOf(IDictionary plain, string name) => [.. ItemsOf(Member(plain, name)).OfType<string>().Where(t => t.Length > 0)];

    // One item may have lost its list on the way.
    private static IEnumerable<object?> ItemsOf(object? value) => value switch
    {
        null => [],
        string or IDictionary => [value],
        IEnumerable items => items.Cast<object?>(),
        _ => [value],
    };

    private static string? TextOf(IDictionary plain, params string[] names) =>
        Member(plain, names) is object value and not (IDictionary or Array) && Convert.ToString(value, CultureInfo.InvariantCulture) is { Length: > 0 } text ? text : null;

    private static object? Member(IDictionary plain, params string[] names)
    {
        foreach (string name in names)
        {
            foreach (DictionaryEntry entry in plain)
            {
                if (entry.Value is not null && string.Equals(entry.Key.ToString(), name, StringComparison.OrdinalIgnoreCase))
                {
                    return entry.Value;
                }
            }
        }

        return null;
    }
}
