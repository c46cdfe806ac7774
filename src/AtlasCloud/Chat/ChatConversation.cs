using System.Collections;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using AtlasCloud.Chat;
using AtlasCloud.Json;

namespace AtlasCloud;

/// <summary>A conversation to continue, from a reply or from a serialized form of one.</summary>
/// <param name="Model">The model that answered last; null if it is unknown.</param>
/// <param name="Messages">The messages, the oldest first.</param>
public sealed record ChatConversation(string? Model, IReadOnlyList<ChatMessage> Messages)
{
    /// <summary>Reads a reply, a message, a list of messages, or any of them as dictionaries and arrays. Member names are case-insensitive, and missing members are ignored.</summary>
    /// <param name="value">A <see cref="ChatReply"/>, <see cref="ChatMessage"/>, string (a user message), dictionary, or a list of these.</param>
    /// <exception cref="AtlasCloudException">InvalidParameter: it contains no messages.</exception>
    public static ChatConversation FromValue(object? value)
    {
        ChatConversation found = value switch
        {
            ChatReply reply => new(reply.Model, reply.Conversation),
            IDictionary reply when FindMember(reply, "Conversation", "Messages") is object messages => new(ReadText(reply, "Model"), ReadMessages(messages)),
            _ => new(null, ReadMessages(value)),
        };
        return found.Messages.Count > 0 ? found : throw ChatErrors.ConversationEmpty();
    }

    /// <summary>Parses the output of <see cref="ToJson"/>, or a reply that was serialized to JSON by other means.</summary>
    /// <param name="json">The JSON text.</param>
    /// <exception cref="AtlasCloudException">InvalidParameter: it is not JSON, or contains no messages.</exception>
    public static ChatConversation Parse(string json) =>
        FromValue(JsonText.Parse(json) is JsonElement element ? JsonValues.FromJson(element) : null);

    /// <summary>The conversation as indented JSON, without reasoning blocks.</summary>
    public string ToJson()
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

    private static ChatMessage[] ReadMessages(object? value) => value switch
    {
        ChatMessage message => [message],
        string text => [new ChatMessage { Role = "user", Text = text }],
        IDictionary message => ReadMessage(message) is ChatMessage one ? [one] : [],
        IEnumerable items => [.. items.Cast<object?>().SelectMany(ReadMessages)],
        _ => [],
    };

    private static ChatMessage? ReadMessage(IDictionary members)
    {
        ChatMessage message = new()
        {
            Role = (ReadText(members, "Role") ?? "user").ToLowerInvariant(),
            Text = ReadText(members, "Text", "Content") ?? "",
            Images = ReadTexts(members, "Images"),
            Videos = ReadTexts(members, "Videos"),
            Audios = ReadTexts(members, "Audios"),
            ToolCalls = [.. AsItems(FindMember(members, "ToolCalls", "tool_calls")).Select(ReadCall).OfType<ChatToolCall>()],
            ToolCallId = ReadText(members, "ToolCallId", "tool_call_id"),
            IsError = FindMember(members, "IsError") is true,
            // Version 0.1 wrote Thoughts and IsSecret.
            ReasoningBlocks = [.. AsItems(FindMember(members, "ReasoningBlocks", "Thoughts")).OfType<IDictionary>().Select(ReadReasoning)],
        };
        bool isEmpty = message is { Text.Length: 0, Images.Count: 0, Videos.Count: 0, Audios.Count: 0, ToolCalls.Count: 0, ToolCallId: null };
        return isEmpty ? null : message;
    }

    private static ChatToolCall? ReadCall(object? value) => value switch
    {
        ChatToolCall call => call,
        IDictionary call when (FindMember(call, "function") as IDictionary ?? call) is IDictionary function && ReadText(function, "Name") is string name => new ChatToolCall
        {
            Id = ReadText(call, "Id") ?? "",
            Name = name,
            Arguments = FindMember(function, "Arguments") is object arguments and not string ? JsonText.Write(JsonValues.ToJson(arguments)) : ReadText(function, "Arguments") ?? "",
            Signature = ReadText(call, "Signature"),
        },
        _ => null,
    };

    private static ReasoningBlock ReadReasoning(IDictionary members) =>
        new() { Text = ReadText(members, "Text") ?? "", Signature = ReadText(members, "Signature"), IsRedacted = FindMember(members, "IsRedacted", "IsSecret") is true };

    private static string[] ReadTexts(IDictionary members, string name) => [.. AsItems(FindMember(members, name)).OfType<string>().Where(t => t.Length > 0)];

    // Serializers may write a list of one item as that item.
    private static IEnumerable<object?> AsItems(object? value) => value switch
    {
        null => [],
        string or IDictionary => [value],
        IEnumerable items => items.Cast<object?>(),
        _ => [value],
    };

    private static string? ReadText(IDictionary members, params string[] names) =>
        FindMember(members, names) is object value and not (IDictionary or Array) && Convert.ToString(value, CultureInfo.InvariantCulture) is { Length: > 0 } text ? text : null;

    private static object? FindMember(IDictionary members, params string[] names)
    {
        foreach (string name in names)
        {
            foreach (DictionaryEntry entry in members)
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
