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

    /// <summary>Reads a document. The result owns a copy of its bytes: the input may be reused, and nothing has to be disposed.</summary>
    /// <exception cref="JsonException">It is not JSON, or exceeds the limits.</exception>
    internal static JsonElement Parse(ReadOnlySpan<byte> json, JsonDocumentOptions options)
    {
        // The parser accepts bytes in strings that are not UTF-8, and reading such a string later throws.
        json = Utf8.IsValid(json) ? json : Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(json));
        Check(json, options);
        Utf8JsonReader reader = CreateReader(json, options);
        JsonElement root = JsonElement.ParseValue(ref reader);

        // Throws if anything but white space follows.
        reader.Read();
        return root;
    }

    private static Utf8JsonReader CreateReader(ReadOnlySpan<byte> json, JsonDocumentOptions options) =>
        new(json, new JsonReaderOptions { MaxDepth = options.MaxDepth, AllowTrailingCommas = options.AllowTrailingCommas, CommentHandling = options.CommentHandling });

    private static void Check(ReadOnlySpan<byte> json, JsonDocumentOptions options)
    {
        // Half a character can only come as an escape, and no document has more pieces than bytes: most are through here.
        bool canBeHalf = json.IndexOf("\\ud"u8) >= 0 || json.IndexOf("\\uD"u8) >= 0;
        if (!canBeHalf && json.Length <= MostPieces)
        {
            return;
        }

        Utf8JsonReader reader = CreateReader(json, options);
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
