using System.Text;
using System.Text.Json.Nodes;

namespace AtlasCloud.Emulation.Chat;

/// <summary>One event of a stream.</summary>
/// <param name="Name">The event name; null if the protocol uses none.</param>
/// <param name="Data">The data, on one line.</param>
internal sealed record ServerSentEvent(string? Name, string Data)
{
    /// <summary>The event that ends the streams of the older OpenAI protocols.</summary>
    internal static ServerSentEvent Done { get; } = new(null, "[DONE]");

    internal static ServerSentEvent Create(JsonNode data) => new(null, JsonText.Write(data));

    /// <summary>Creates an event whose data repeats its name, as Messages and Responses require.</summary>
    internal static ServerSentEvent CreateNamed(JsonNode data) => new(data["type"]!.ToString(), JsonText.Write(data));

    internal byte[] ToBytes() => Encoding.UTF8.GetBytes(Name is null ? $"data: {Data}\n\n" : $"event: {Name}\ndata: {Data}\n\n");
}
