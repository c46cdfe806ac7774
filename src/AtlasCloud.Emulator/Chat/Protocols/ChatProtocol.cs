using System.Text.Json.Nodes;
using AtlasCloud.Emulation.Http;

namespace AtlasCloud.Emulation.Chat.Protocols;

/// <summary>One of the ways in which a chat model is spoken to: reads questions, writes answers, whole or as events.</summary>
internal abstract class ChatProtocol
{
    /// <summary>The names under which models declare it; one of them is enough.</summary>
    internal abstract IReadOnlyList<string> CatalogNames { get; }

    /// <summary>What ids of answers begin with.</summary>
    internal abstract string IdPrefix { get; }

    /// <summary>Reads a request. What is wrong with it is told by its conversation.</summary>
    internal abstract ChatRequest ReadRequest(JsonObject body);

    internal abstract JsonObject WriteReply(ChatTurn turn);

    /// <summary>The same answer as events. They are made as they are asked for.</summary>
    internal abstract IEnumerable<ServerSentEvent> StreamReply(ChatTurn turn);

    /// <summary>The event that tells of a failure within a stream.</summary>
    internal abstract ServerSentEvent ErrorEvent(string requestId);

    /// <summary>A refusal in the protocol's own words; null where there is nothing to refuse.</summary>
    internal virtual Reply? Validate(JsonObject body) => null;

    /// <summary>A whole number of a request; null where there is none.</summary>
    protected static int? ParseInteger(JsonNode? node) => node is not null && int.TryParse(node.ToString(), out int count) ? count : null;
}
