namespace AtlasCloud.Models;

/// <summary>Tells what a model makes from what the catalog says, or, without a catalog, from its name alone.</summary>
internal static class ModelKinds
{
    internal static ModelKind Of(string id, string type, IReadOnlyList<string> tags, IReadOnlyList<string> categories)
    {
        bool Marked(string word) => tags.Concat(categories).Any(t => Normal(t).Contains(word, StringComparison.Ordinal));
        return type switch
        {
            "Text" => ModelKind.Chat,
            "Video" => ModelKind.Video,
            "Image" when tags.Any(t => Normal(t).Contains("3D", StringComparison.Ordinal)) || Normal(id).Contains("-TO-3D", StringComparison.Ordinal) => ModelKind.ThreeD,
            "Image" => ModelKind.Image,

            // Music before speech: the song models sit under TEXT-TO-SPEECH.
            "Audio" when Marked("MUSIC") || Normal(id).Contains("LYRICS", StringComparison.Ordinal) => ModelKind.Music,
            "Audio" when Marked("SPEECH-TO-TEXT") => ModelKind.Transcription,
            "Audio" => ModelKind.Speech,
            _ => ModelKind.Unknown,
        };
    }

    /// <summary>A guess that costs nothing when it is wrong: it only chooses how often and how long to ask for a result.</summary>
    internal static ModelKind GuessFromName(string? id)
    {
        string name = Normal(id ?? "");
        bool Has(params string[] words) => words.Any(w => name.Contains(w, StringComparison.Ordinal));
        return Has("-3D", "3D-", "MESH") ? ModelKind.ThreeD
            : Has("VIDEO", "I2V", "T2V", "V2V", "ANIMATE", "LIPSYNC", "AVATAR", "SEEDANCE", "KLING", "VEO", "WAN-") ? ModelKind.Video
            : Has("ASR") ? ModelKind.Transcription
            : Has("MUSIC", "SUNO", "LYRICS") ? ModelKind.Music
            : Has("SPEECH", "TTS", "AUDIO") ? ModelKind.Speech
            : Has("IMAGE", "FLUX", "SEEDREAM", "BANANA") ? ModelKind.Image
            : ModelKind.Unknown;
    }

    private static string Normal(string text) => text.Replace('_', '-').ToUpperInvariant();
}
