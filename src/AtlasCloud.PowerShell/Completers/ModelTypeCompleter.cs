namespace AtlasCloud.PowerShell.Completers;

/// <summary>Completes types and kinds of models.</summary>
public sealed class ModelTypeCompleter : WordCompleter
{
    /// <summary>Initializes the completer with its words.</summary>
    public ModelTypeCompleter()
        : base("Image", "Video", "Audio", "Text", "3D", "Chat", "Speech", "Music", "Transcription")
    {
    }
}
