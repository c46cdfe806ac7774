using System.Text;
using System.Text.Json;
using System.Text.Unicode;

namespace AtlasCloud.Json;

/// <summary>
/// Limits the cost of parsing hostile JSON: a document of many small tokens takes twenty times its length in memory,
/// and each string that is not valid text costs an exception.
/// </summary>
internal static class JsonLimits
{
    /// <summary>The maximum number of tokens in a document: ten times the number in the model catalog.</summary>
    internal const int MaxTokens = 1_000_000;

    /// <summary>The maximum number of strings with a lone surrogate.</summary>
    internal const int MaxUnreadableStrings = 100;

    /// <summary>Parses a document. The result owns a copy of its bytes: the input can be reused, and nothing needs to be disposed.</summary>
    /// <exception cref="JsonException">The input is not JSON, or exceeds the limits.</exception>
    internal static JsonElement Parse(ReadOnlySpan<byte> json, JsonDocumentOptions options)
    {
        // The parser accepts strings with invalid UTF-8, and reading such a string later throws.
        json = Utf8.IsValid(json) ? json : Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(json));
        Check(json, options);
        Utf8JsonReader reader = CreateReader(json, options);
        JsonElement root = JsonElement.ParseValue(ref reader);

        // Throws if anything except white space follows.
        reader.Read();
        return root;
    }

    private static Utf8JsonReader CreateReader(ReadOnlySpan<byte> json, JsonDocumentOptions options) =>
        new(json, new JsonReaderOptions { MaxDepth = options.MaxDepth, AllowTrailingCommas = options.AllowTrailingCommas, CommentHandling = options.CommentHandling });

    private static void Check(ReadOnlySpan<byte> json, JsonDocumentOptions options)
    {
        // Skips the second pass for most documents: lone surrogates occur only as escapes, and a document has at most one token per byte.
        bool canHaveSurrogates = json.IndexOf("\\ud"u8) >= 0 || json.IndexOf("\\uD"u8) >= 0;
        if (!canHaveSurrogates && json.Length <= MaxTokens)
        {
            return;
        }

        Utf8JsonReader reader = CreateReader(json, options);
        int tokens = 0;
        int unreadableStrings = 0;
        while (reader.Read())
        {
            if (++tokens > MaxTokens || (canHaveSurrogates && reader.ValueIsEscaped && !IsReadable(ref reader) && ++unreadableStrings > MaxUnreadableStrings))
            {
                throw new JsonException("The document exceeds the limits.");
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
