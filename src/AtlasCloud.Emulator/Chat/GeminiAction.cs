namespace AtlasCloud.Emulation.Chat;

/// <summary>The last path segment of a Gemini request: the model and, after a colon, the action.</summary>
internal sealed record GeminiAction(string Model, bool IsStreamed)
{
    /// <summary>Parses the segment; null if it has another format.</summary>
    internal static GeminiAction? Parse(string place)
    {
        int colon = place.LastIndexOf(':');
        return (colon < 1 ? "" : place[(colon + 1)..]) switch
        {
            "generateContent" => new GeminiAction(place[..colon], false),
            "streamGenerateContent" => new GeminiAction(place[..colon], true),
            _ => null,
        };
    }
}
