using System.Globalization;
using System.Net.Http.Headers;
using System.Text.Json;
using AtlasCloud.Json;

namespace AtlasCloud.Models;

/// <summary>The content of a cache file: a document as it was received, with its source, time and entity tag.</summary>
/// <param name="Source">The address it was read from.</param>
/// <param name="ReadAt">When the service last returned or confirmed it.</param>
/// <param name="ETag">The entity tag for conditional requests; null if the service sent none.</param>
/// <param name="Document">The document; null if the service has none.</param>
internal sealed record CacheFile(string Source, DateTimeOffset ReadAt, string? ETag, JsonElement? Document)
{
    private const int Format = 1;

    /// <summary>Reads the content of a file; null if it has another format or another source.</summary>
    internal static CacheFile? Read(JsonElement root, string source) =>
        root.Member("format")?.AsInteger() == Format
        && root.Text("source") == source
        && DateTimeOffset.TryParse(root.Text("read"), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset readAt)
        && (root.Member("document") is not null || root.Member("missing")?.AsBoolean() == true)
            ? new CacheFile(source, readAt, ParseTag(root.Text("etag")), root.Member("document"))
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
                // Unchanged: the writer throws on text with half a surrogate pair.
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

    // The tag becomes a header, and other programs can write to the file.
    private static string? ParseTag(string? text) =>
        text is { Length: <= 200 } && EntityTagHeaderValue.TryParse(text, out EntityTagHeaderValue? tag) ? tag.ToString() : null;
}
