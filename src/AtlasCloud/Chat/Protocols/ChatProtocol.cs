using System.Collections;
using System.Collections.Specialized;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using AtlasCloud.Json;

namespace AtlasCloud.Chat.Protocols;

/// <summary>How a question is written and an answer read in the words of one protocol. It sends nothing and keeps nothing.</summary>
internal abstract class ChatProtocol
{
    /// <summary>The name in the catalog.</summary>
    internal abstract string Name { get; }

    /// <summary>The member in which it says why an answer ended.</summary>
    internal abstract string FinishName { get; }

    /// <summary>What can come with a question beside words.</summary>
    internal abstract IReadOnlyList<MediaKind> Media { get; }

    /// <summary>Whether sound may be named by its address, and be of any format.</summary>
    internal virtual bool TakesAudioAddresses => false;

    /// <summary>Whether it has a word for a limit of this name; false leaves it out of what is sent.</summary>
    internal virtual bool HasStop => true;

    internal virtual bool HasSeed => true;

    internal virtual IReadOnlyList<KeyValuePair<string, string>> Headers => [];

    /// <summary>Whether the service can be told the schema of the reply; else the model is asked in words.</summary>
    internal virtual bool TakesSchema(ChatRequest request) => true;

    /// <summary>Where to send it. A second address is for services that do not know the first.</summary>
    internal abstract IReadOnlyList<string> Paths(string model, bool stream);

    internal abstract JsonObject Compose(ChatRequest request, bool stream);

    /// <summary>Reads an answer that came in one piece; null where it is none of this protocol.</summary>
    internal abstract ChatReply? Read(JsonElement root);

    /// <summary>Reads one event of a stream; null where it is none of this protocol.</summary>
    internal abstract ChatEvent? ReadEvent(JsonElement root);

    internal static bool IsSystem(ChatMessage message) => message.Role is "system" or "developer";

    /// <summary>All that is said to the model before the conversation; null where nothing is.</summary>
    protected static string? SystemText(ChatRequest request)
    {
        string text = string.Join("\n\n", request.Messages.Where(IsSystem).Select(m => m.Text).Where(t => t.Length > 0));
        return text.Length > 0 ? text : null;
    }

    /// <summary>Whether no question came after this message: what the model thought then, it wants to see again.</summary>
    protected static bool IsInLastTurn(IReadOnlyList<ChatMessage> messages, ChatMessage message)
    {
        for (int i = messages.Count - 1; i >= 0 && messages[i].Role != "user"; i--)
        {
            if (ReferenceEquals(messages[i], message))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The arguments of a call as an object, whatever the model wrote.</summary>
    protected static JsonObject ArgumentsOf(ChatToolCall call) =>
        call.ReadArguments() is IDictionary values ? (JsonObject)JsonValues.ToJson(values)! : new JsonObject { ["arguments"] = call.Arguments };

    protected static string ArgumentTextOf(ChatToolCall call) => string.IsNullOrWhiteSpace(call.Arguments) ? "{}" : call.Arguments;

    protected static JsonArray Array(IEnumerable<JsonNode?> items) => new([.. items]);

    protected static void Put(JsonObject body, string name, object? value)
    {
        if (value is not null)
        {
            body[name] = value as JsonNode ?? JsonValues.ToJson(value);
        }
    }

    /// <summary>Puts the user's own members in: they win, and objects are joined member by member.</summary>
    protected static void Merge(JsonObject body, IDictionary? parameters)
    {
        foreach (DictionaryEntry entry in parameters ?? new Hashtable())
        {
            string name = Convert.ToString(entry.Key, CultureInfo.InvariantCulture) ?? "";
            if (entry.Value is IDictionary inner && body[name] is JsonObject known)
            {
                Merge(known, inner);
            }
            else
            {
                body[name] = JsonValues.ToJson(entry.Value);
            }
        }
    }

    /// <summary>The members that nothing else shows, and why it ended in the protocol's own word.</summary>
    protected OrderedDictionary Rest(JsonElement root, string? finish, params string[] known)
    {
        OrderedDictionary rest = new(StringComparer.OrdinalIgnoreCase);
        foreach (DictionaryEntry entry in JsonValues.ToDictionary(root, name => !known.Contains(name, StringComparer.Ordinal)))
        {
            rest[entry.Key] = entry.Value;
        }

        if (finish is not null)
        {
            rest[FinishName] = finish;
        }

        return rest.AsReadOnly();
    }
}
