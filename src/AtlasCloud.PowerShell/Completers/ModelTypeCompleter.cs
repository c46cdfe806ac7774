namespace AtlasCloud.PowerShell.Completers;

/// <summary>Completes types and kinds of models.</summary>
public sealed class ModelTypeCompleter : WordCompleter
{
    /// <summary>All types and kinds.</summary>
    internal static readonly string[] Words = ["Image", "Video", "Audio", "Text", "3D", "Chat", "Speech", "Music", "Transcription"];

    /// <summary>Initializes the completer with its words.</summary>
    public ModelTypeCompleter()
        : base(Words)
    {
    }
}
