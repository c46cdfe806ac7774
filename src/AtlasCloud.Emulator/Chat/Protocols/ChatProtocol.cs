using System.Text.Json.Nodes;
using AtlasCloud.Emulation.Http;

namespace AtlasCloud.Emulation.Chat.Protocols;

/// <summary>A chat protocol: reads requests and writes replies, plain or streamed.</summary>
internal abstract class ChatProtocol
{
    /// <summary>The protocol's names in the catalog; a model needs to declare one of them.</summary>
    internal abstract IReadOnlyList<string> CatalogNames { get; }

    /// <summary>The prefix of reply IDs.</summary>
    internal abstract string IdPrefix { get; }

    /// <summary>Parses a request. Errors are reported by its conversation.</summary>
    internal abstract ChatRequest ReadRequest(JsonObject body);

    internal abstract JsonObject WriteReply(ChatTurn turn);

    /// <summary>Writes the reply as events, generated lazily.</summary>
    internal abstract IEnumerable<ServerSentEvent> StreamReply(ChatTurn turn);

    /// <summary>The event that reports an error within a stream.</summary>
    internal abstract ServerSentEvent ErrorEvent(string requestId);

    /// <summary>Returns a rejection in the protocol's own format; null if the request is acceptable.</summary>
    internal virtual Reply? Validate(JsonObject body) => null;

    /// <summary>An integer of the request; null if it is absent or not an integer.</summary>
    protected static int? ParseInteger(JsonNode? node) => node is not null && int.TryParse(node.ToString(), out int count) ? count : null;
}
