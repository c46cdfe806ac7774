namespace AtlasCloud.PowerShell.Parameters;

/// <summary>Completes types and kinds of models.</summary>
public sealed class ModelTypeCompleter : WordCompleter
{
    /// <summary>Knows the words.</summary>
    public ModelTypeCompleter()
        : base("Text", "Image", "Video", "Audio", "Chat", "ThreeD", "Speech", "Music", "Transcription")
    {
    }
}
