using System.Text.Json;
using AtlasCloud.Chat.Protocols;
using AtlasCloud.Json;
using AtlasCloud.Text;

namespace AtlasCloud.Chat;

/// <summary>One server-sent event of a streamed answer, parsed from the bytes as received.</summary>
/// <param name="IsEndMarker">Whether it is <c>[DONE]</c>, after which nothing follows.</param>
/// <param name="Json">The data; null if it is not JSON, or was read already.</param>
/// <param name="Event">The event, if it could be read without a document.</param>
internal readonly record struct ChatStreamItem(bool IsEndMarker, JsonElement? Json, ChatEvent? Event = null)
{
    /// <summary>Parses an event, with the API key masked.</summary>
    /// <param name="data">The bytes of the event.</param>
    /// <param name="key">The API key.</param>
    /// <param name="reader">Reads ordinary events without a document; null if the protocol has no such reader.</param>
    internal static ChatStreamItem Parse(ReadOnlySpan<byte> data, string? key, PlainChunkReader? reader = null)
    {
        if (reader is not null && !KeyMasker.Occurs(data, key) && reader.TryRead(data) is ChatEvent read)
        {
            return new ChatStreamItem(false, null, read);
        }

        return data.Trim(" \t\r\n"u8).SequenceEqual("[DONE]"u8) ? new ChatStreamItem(true, null) : new ChatStreamItem(false, JsonText.Parse(KeyMasker.Mask(data.ToArray(), key)));
    }
}
