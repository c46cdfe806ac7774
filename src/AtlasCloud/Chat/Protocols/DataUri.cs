using AtlasCloud.FileTypes;

namespace AtlasCloud.Chat.Protocols;

/// <summary>A medium that is sent as data.</summary>
internal sealed record DataUri(string ContentType, string Base64)
{
    /// <summary>The word for the format of sound: wav or mp3; null for any other.</summary>
    internal string? AudioFormat => FileType.FromContentType(ContentType)?.Extension switch
    {
        ".wav" => "wav",
        ".mp3" => "mp3",
        _ => null,
    };

    /// <summary>The parts of a data URI; null where the text is none.</summary>
    internal static DataUri? Find(string text)
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

    /// <summary>Sound as data in a format that the OpenAI protocols take.</summary>
    /// <exception cref="AtlasCloudException">It is an address, or of another format.</exception>
    internal static DataUri Audio(string text) => Find(text) switch
    {
        null => throw Refuse("This protocol takes sound as data and not as an address.", "Save it to a file and give its path, or use a model that is reached by gemini.generate."),
        { AudioFormat: null } data => throw Refuse($"This protocol takes sound as wav or mp3, not as {data.ContentType}.", "Convert it to wav or mp3, or use a model that is reached by gemini.generate."),
        DataUri data => data,
    };

    /// <summary>The content type that an address seems to have.</summary>
    internal static string ContentTypeOf(string address, MediaKind kind)
    {
        FileType? type = Uri.TryCreate(address, UriKind.Absolute, out Uri? uri) ? FileType.FromAddress(uri) : null;
        return type is not null && type.Kind == kind ? type.ContentType : kind switch
        {
            MediaKind.Image => "image/png",
            MediaKind.Video => "video/mp4",
            _ => "audio/mpeg",
        };
    }

    private static AtlasCloudException Refuse(string what, string action) =>
        new(AtlasCloudErrorKind.InvalidParameter, $"{what} Nothing was sent.") { RecommendedAction = action };
}
