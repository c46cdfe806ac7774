using System.Text;
using System.Text.Json;
using System.Text.Unicode;

namespace AtlasCloud.Json;

/// <summary>
/// Keeps JSON from costing much more than its bytes: a document of many small pieces takes twenty times its length in memory,
/// and text that cannot be read costs an exception each time.
/// </summary>
internal static class JsonLimits
{
    /// <summary>The most values, names and brackets of one document: ten times what the whole catalog has.</summary>
    internal const int MostPieces = 1_000_000;

    /// <summary>The most texts that hold half a character.</summary>
    internal const int MostUnreadable = 100;

    /// <summary>Reads a document. It lives as long as whoever holds it, and nothing has to be disposed.</summary>
    /// <exception cref="JsonException">It is no JSON, or beyond the limits.</exception>
    internal static JsonElement Parse(ReadOnlyMemory<byte> json, JsonDocumentOptions options)
    {
        // The parser takes bytes in texts that are no characters, and whoever reads such a text later gets an exception for it.
        json = Utf8.IsValid(json.Span) ? json : Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(json.Span));
        Check(json.Span, options);
        using JsonDocument document = JsonDocument.Parse(json, options);
        return document.RootElement.Clone();
    }

    private static void Check(ReadOnlySpan<byte> json, JsonDocumentOptions options)
    {
        // Half a character can only come as an escape, and no document has more pieces than bytes: most are through here.
        bool canBeHalf = json.IndexOf("\\ud"u8) >= 0 || json.IndexOf("\\uD"u8) >= 0;
        if (!canBeHalf && json.Length <= MostPieces)
        {
            return;
        }

        Utf8JsonReader reader = new(json, new JsonReaderOptions { MaxDepth = options.MaxDepth, AllowTrailingCommas = options.AllowTrailingCommas, CommentHandling = options.CommentHandling });
        int pieces = 0;
        int unreadable = 0;
        while (reader.Read())
        {
            if (++pieces > MostPieces || (canBeHalf && reader.ValueIsEscaped && !IsReadable(ref reader) && ++unreadable > MostUnreadable))
            {
                throw new JsonException("The document is beyond the limits.");
            }
        }
    }

    private static bool IsReadable(ref Utf8JsonReader reader)
    {
        try
        {
            _ = reader.GetString();
            return true;
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    }
}
