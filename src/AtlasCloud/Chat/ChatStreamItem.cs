using System.Text.Json;
using AtlasCloud.Json;
using AtlasCloud.Text;

namespace AtlasCloud.Chat;

/// <summary>One server-sent event of a streamed answer, parsed from the bytes as received.</summary>
/// <param name="IsEndMarker">Whether it is <c>[DONE]</c>, after which nothing follows.</param>
/// <param name="Json">The data; null if it is not JSON.</param>
internal readonly record struct ChatStreamItem(bool IsEndMarker, JsonElement? Json)
{
    /// <summary>Parses an event, with the API key masked.</summary>
    internal static ChatStreamItem Parse(ReadOnlySpan<byte> data, string? key) =>
        data.Trim(" \t\r\n"u8).SequenceEqual("[DONE]"u8) ? new ChatStreamItem(true, null) : new ChatStreamItem(false, JsonText.Parse(KeyMasker.Mask(data.ToArray(), key)));
}
