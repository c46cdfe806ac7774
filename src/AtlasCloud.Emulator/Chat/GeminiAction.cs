namespace AtlasCloud.Emulation.Chat;

/// <summary>The end of a path of Gemini: the model, and after a colon what it is to do.</summary>
internal sealed record GeminiAction(string Model, bool IsStreamed)
{
    /// <summary>Takes it apart; null where it is something else.</summary>
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
