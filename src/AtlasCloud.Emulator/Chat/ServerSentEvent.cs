using System.Text;
using System.Text.Json.Nodes;

namespace AtlasCloud.Emulation.Chat;

/// <summary>One event of a streamed answer.</summary>
/// <param name="Name">The name; null where the protocol has none.</param>
/// <param name="Data">The data, on one line.</param>
internal sealed record ServerSentEvent(string? Name, string Data)
{
    /// <summary>What ends the streams of the older OpenAI protocols.</summary>
    internal static ServerSentEvent Done { get; } = new(null, "[DONE]");

    internal static ServerSentEvent Create(JsonNode data) => new(null, JsonText.Write(data));

    /// <summary>An event whose data repeats its name, as two of the protocols have it.</summary>
    internal static ServerSentEvent CreateNamed(JsonNode data) => new(data["type"]!.ToString(), JsonText.Write(data));

    internal byte[] ToBytes() => Encoding.UTF8.GetBytes(Name is null ? $"data: {Data}\n\n" : $"event: {Name}\ndata: {Data}\n\n");
}
