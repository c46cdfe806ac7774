using AtlasCloud.FileTypes;

namespace AtlasCloud.Chat.Protocols;

/// <summary>A data URI.</summary>
internal sealed record DataUri(string ContentType, string Base64)
{
    /// <summary>The name of its audio format: wav or mp3; null for any other.</summary>
    internal string? AudioFormat => FileType.FromContentType(ContentType)?.Extension switch
    {
        ".wav" => "wav",
        ".mp3" => "mp3",
        _ => null,
    };

    /// <summary>Parses a data URI; null if the text is not one.</summary>
    internal static DataUri? Parse(string text)
    {
        int comma = text.IndexOf(',', StringComparison.Ordinal);
        if (!text.StartsWith("data:", StringComparison.OrdinalIgnoreCase) || comma < 0)
        {
            return null;
        }

        string[] head = text[5..comma].Split(';');
        string content = text[(comma + 1)..];
        bool isBase64 = head[^1].Trim().Equals("base64", StringComparison.OrdinalIgnoreCase);
        return new DataUri(
            head[0].Trim() is { Length: > 0 } type && type.Contains('/', StringComparison.Ordinal) ? type.ToLowerInvariant() : "text/plain",
            isBase64 ? content : Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes(Uri.UnescapeDataString(content))));
    }

    /// <summary>Parses audio in a format that the OpenAI protocols accept.</summary>
    /// <exception cref="AtlasCloudException">InvalidParameter: it is an address, or of another format.</exception>
    internal static DataUri ParseAudio(string text) => Parse(text) switch
    {
        null => throw ChatErrors.AudioByAddress(),
        { AudioFormat: null } data => throw ChatErrors.AudioFormatUnsupported(data.ContentType),
        DataUri data => data,
    };

    /// <summary>The content type according to the extension of an address; a common one of its kind by default.</summary>
    internal static string GuessContentType(string address, MediaKind kind)
    {
        FileType? type = Uri.TryCreate(address, UriKind.Absolute, out Uri? uri) ? FileType.FromAddress(uri) : null;
        return type is not null && type.Kind == kind ? type.ContentType : kind switch
        {
            MediaKind.Image => "image/png",
            MediaKind.Video => "video/mp4",
            _ => "audio/mpeg",
        };
    }
}
