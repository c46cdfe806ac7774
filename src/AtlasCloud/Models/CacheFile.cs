using System.Globalization;
using System.Net.Http.Headers;
using System.Text.Json;
using AtlasCloud.Json;

namespace AtlasCloud.Models;

/// <summary>What a file of the cache holds: the document as it came, where from, when, and its tag.</summary>
/// <param name="Source">The address it was read from.</param>
/// <param name="ReadAt">When the service last said so.</param>
/// <param name="ETag">The tag by which the service knows it again.</param>
/// <param name="Document">The document; null where the service has none.</param>
internal sealed record CacheFile(string Source, DateTimeOffset ReadAt, string? ETag, JsonElement? Document)
{
    private const int Format = 1;

    /// <summary>Reads a file's content; null where it is of another format or of another address.</summary>
    internal static CacheFile? Read(JsonElement root, string source) =>
        root.Member("format")?.AsInteger() == Format
        && root.Text("source") == source
        && DateTimeOffset.TryParse(root.Text("read"), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset readAt)
        && (root.Member("document") is not null || root.Member("missing")?.AsBoolean() == true)
            ? new CacheFile(source, readAt, TagOf(root.Text("etag")), root.Member("document"))
            : null;

    internal byte[] ToBytes()
    {
        using MemoryStream content = new();
        using (Utf8JsonWriter writer = new(content))
        {
            writer.WriteStartObject();
            writer.WriteNumber("format", Format);
            writer.WriteString("source", Source);
            writer.WriteString("read", ReadAt.ToString("O", CultureInfo.InvariantCulture));
            if (ETag is not null)
            {
                writer.WriteString("etag", ETag);
            }

            if (Document is JsonElement document)
            {
                // As it came: written member by member, half a surrogate pair in some text would end the writing.
                writer.WritePropertyName("document");
                writer.WriteRawValue(document.GetRawText(), skipInputValidation: true);
            }
            else
            {
                writer.WriteBoolean("missing", true);
            }

            writer.WriteEndObject();
        }

        return content.ToArray();
    }

    // It becomes a header again, and the file may have been written by anybody.
    private static string? TagOf(string? text) =>
        text is { Length: <= 200 } && EntityTagHeaderValue.TryParse(text, out EntityTagHeaderValue? tag) ? tag.ToString() : null;
}
