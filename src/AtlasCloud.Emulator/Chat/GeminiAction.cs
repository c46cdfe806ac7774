namespace AtlasCloud.Emulation.Chat;

/// <summary>The last path segment of a Gemini request: the model and, after a colon, the action.</summary>
internal sealed record GeminiAction(string Model, bool IsStreamed)
{
    /// <summary>Parses the segment; null if it has another format.</summary>
    internal static GeminiAction? Parse(string segment)
    {
        int colon = segment.LastIndexOf(':');
        return (colon < 1 ? "" : segment[(colon + 1)..]) switch
        {
            "generateContent" => new GeminiAction(segment[..colon], false),
            "streamGenerateContent" => new GeminiAction(segment[..colon], true),
            _ => null,
        };
    }
}
