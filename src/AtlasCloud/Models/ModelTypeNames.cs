namespace AtlasCloud.Models;

/// <summary>The words by which people choose models: the catalog's types, and what a model makes.</summary>
internal static class ModelTypeNames
{
    /// <summary>The words to offer.</summary>
    internal static readonly string[] All = ["Image", "Video", "Audio", "Text", "3D", "Chat", "Speech", "Music", "Transcription"];

    private static readonly Dictionary<string, ModelKind> s_others = new(StringComparer.OrdinalIgnoreCase)
    {
        ["3D"] = ModelKind.ThreeD,
        ["LLM"] = ModelKind.Chat,
        ["TTS"] = ModelKind.Speech,
        ["TextToSpeech"] = ModelKind.Speech,
        ["ASR"] = ModelKind.Transcription,
        ["SpeechToText"] = ModelKind.Transcription,
    };

    /// <summary>Whether the word fits the model, as its type or as what it makes. A type that is new to us is one all the same.</summary>
    internal static bool Fits(Model model, string word)
    {
        string plain = string.Concat(word.Where(c => c is not ('-' or '_' or ' ')));
        return model.Type.Equals(plain, StringComparison.OrdinalIgnoreCase)
            || model.Kind.ToString().Equals(plain, StringComparison.OrdinalIgnoreCase)
            || (s_others.TryGetValue(plain, out ModelKind kind) && model.Kind == kind);
    }

    /// <summary>Type by type, within it by what the models make, and then in the service's own order, its first choice first.</summary>
    internal static IOrderedEnumerable<Model> Sort(IEnumerable<Model> models) => models
        .OrderBy(m => m.Type switch { "Image" => 0, "Video" => 1, "Audio" => 2, "Text" => 3, _ => 4 })
        .ThenBy(m => m.Type, StringComparer.Ordinal)
        .ThenBy(m => m.Kind)
        .ThenByDescending(m => m.Priority)
        .ThenBy(m => m.Id, StringComparer.Ordinal);
}
