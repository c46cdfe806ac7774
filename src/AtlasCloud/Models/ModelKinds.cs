namespace AtlasCloud;

/// <summary>Determines what a model makes.</summary>
public static class ModelKinds
{
    /// <summary>Guesses from a model ID alone what the model makes, for use without a catalog.</summary>
    /// <param name="modelId">The ID; null for none.</param>
    /// <returns>The kind; <see cref="ModelKind.Unknown"/> if the ID does not reveal it. Use it only where a wrong guess costs nothing, such as for poll intervals.</returns>
    public static ModelKind GuessFromId(string? modelId)
    {
        string id = Normalize(modelId ?? "");
        bool ContainsAny(params string[] words) => words.Any(w => id.Contains(w, StringComparison.Ordinal));
        return ContainsAny("-3D", "3D-", "MESH") ? ModelKind.ThreeD
            : ContainsAny("VIDEO", "I2V", "T2V", "V2V", "ANIMATE", "LIPSYNC", "AVATAR", "SEEDANCE", "KLING", "VEO", "WAN-") ? ModelKind.Video
            : ContainsAny("ASR") ? ModelKind.Transcription
            : ContainsAny("MUSIC", "SUNO", "LYRICS") ? ModelKind.Music
            : ContainsAny("SPEECH", "TTS", "AUDIO") ? ModelKind.Speech
            : ContainsAny("IMAGE", "FLUX", "SEEDREAM", "BANANA") ? ModelKind.Image
            : ModelKind.Unknown;
    }

    /// <summary>Determines the kind of a model from its catalog entry.</summary>
    internal static ModelKind Classify(string id, string type, IReadOnlyList<string> tags, IReadOnlyList<string> categories)
    {
        bool IsMarked(string word) => tags.Concat(categories).Any(t => Normalize(t).Contains(word, StringComparison.Ordinal));
        return type switch
        {
            "Text" => ModelKind.Chat,
            "Video" => ModelKind.Video,
            "Image" when tags.Any(t => Normalize(t).Contains("3D", StringComparison.Ordinal)) || Normalize(id).Contains("-TO-3D", StringComparison.Ordinal) => ModelKind.ThreeD,
            "Image" => ModelKind.Image,

            // Music before speech: song models are listed under TEXT-TO-SPEECH.
            "Audio" when IsMarked("MUSIC") || Normalize(id).Contains("LYRICS", StringComparison.Ordinal) => ModelKind.Music,
            "Audio" when IsMarked("SPEECH-TO-TEXT") => ModelKind.Transcription,
            "Audio" => ModelKind.Speech,
            _ => ModelKind.Unknown,
        };
    }

    private static string Normalize(string text) => text.Replace('_', '-').ToUpperInvariant();
}
