namespace AtlasCloud.Models;

/// <summary>Matches models by type or kind in the names that people use for them.</summary>
internal static class ModelTypeAliases
{
    private static readonly Dictionary<string, ModelKind> s_aliases = new(StringComparer.OrdinalIgnoreCase)
    {
        ["3D"] = ModelKind.ThreeD,
        ["LLM"] = ModelKind.Chat,
        ["TTS"] = ModelKind.Speech,
        ["TextToSpeech"] = ModelKind.Speech,
        ["ASR"] = ModelKind.Transcription,
        ["SpeechToText"] = ModelKind.Transcription,
    };

    /// <summary>True if the name is the model's type, its kind, or an alias of its kind.</summary>
    internal static bool IsMatch(Model model, string name)
    {
        string plain = string.Concat(name.Where(c => c is not ('-' or '_' or ' ')));
        return model.Type.Equals(plain, StringComparison.OrdinalIgnoreCase)
            || model.Kind.ToString().Equals(plain, StringComparison.OrdinalIgnoreCase)
            || (s_aliases.TryGetValue(plain, out ModelKind kind) && model.Kind == kind);
    }
}
