using System.Collections;
using System.Collections.Specialized;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using AtlasCloud.Json;

namespace AtlasCloud.Chat.Protocols;

/// <summary>Composes the requests and reads the responses of one protocol. It sends nothing and has no state.</summary>
internal abstract class ChatProtocol
{
    /// <summary>The name in the catalog.</summary>
    internal abstract string Name { get; }

    /// <summary>The name of its finish reason.</summary>
    internal abstract string FinishReasonName { get; }

    /// <summary>The kinds of media that a message can contain.</summary>
    internal abstract IReadOnlyList<MediaKind> SupportedMedia { get; }

    /// <summary>Whether audio can be an address, and of any format.</summary>
    internal virtual bool AcceptsAudioAddresses => false;

    internal virtual bool SupportsStop => true;

    internal virtual bool SupportsSeed => true;

    internal virtual IReadOnlyList<KeyValuePair<string, string>> Headers => [];

    /// <summary>Whether the request can have a schema of the reply. If not, an instruction to the model has it.</summary>
    internal virtual bool SupportsSchema(ChatRequest request) => true;

    /// <summary>The paths to try, in order: services may not know the first.</summary>
    internal abstract IReadOnlyList<string> GetPaths(string model, bool stream);

    internal abstract JsonObject ComposeBody(ChatRequest request, bool stream);

    /// <summary>Reads a response that is not a stream; null if it is not of this protocol.</summary>
    internal abstract ChatReply? ReadReply(JsonElement root);

    /// <summary>Reads one event of a stream; null if it is not of this protocol.</summary>
    internal abstract ChatEvent? ReadEvent(JsonElement root);

    /// <summary>A reader for the ordinary events of one stream; null if the protocol has none.</summary>
    internal virtual PlainChunkReader? CreatePlainReader() => null;

    internal static bool IsSystem(ChatMessage message) => message.Role is "system" or "developer";

    /// <summary>The text of all system messages; null if there are none.</summary>
    protected static string? GetSystemText(ChatRequest request)
    {
        string text = string.Join("\n\n", request.Messages.Where(IsSystem).Select(m => m.Text).Where(t => t.Length > 0));
        return text.Length > 0 ? text : null;
    }

    /// <summary>Whether no user message follows: models require their reasoning back within a turn.</summary>
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

    /// <summary>The arguments of a call as an object, even if the model wrote something else.</summary>
    protected static JsonObject ParseArguments(ChatToolCall call) =>
        call.ReadArguments() is IDictionary values ? (JsonObject)JsonValues.ToJson(values)! : new JsonObject { ["arguments"] = call.Arguments };

    protected static string GetArgumentText(ChatToolCall call) => string.IsNullOrWhiteSpace(call.Arguments) ? "{}" : call.Arguments;

    protected static JsonArray CreateArray(IEnumerable<JsonNode?> items) => new([.. items]);

    protected static void SetIfNotNull(JsonObject body, string name, object? value)
    {
        if (value is not null)
        {
            body[name] = value as JsonNode ?? JsonValues.ToJson(value);
        }
    }

    /// <summary>Adds the caller's own parameters: they override what is there, and objects are merged.</summary>
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

    /// <summary>The members that no property of the reply has, and the finish reason under the protocol's own name.</summary>
    protected OrderedDictionary ReadAdditionalProperties(JsonElement root, string? finish, params string[] known)
    {
        IEnumerable<(string, object?)> members = JsonValues.ToDictionary(root, name => !known.Contains(name, StringComparer.Ordinal))
            .Cast<DictionaryEntry>().Select(e => ((string)e.Key, e.Value));
        return new TextualDictionary(finish is null ? members : members.Append((FinishReasonName, finish)));
    }
}
