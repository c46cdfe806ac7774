namespace AtlasCloud.PowerShell.Parameters;

/// <summary>Completes categories of models.</summary>
public sealed class CategoryCompleter : WordCompleter
{
    /// <summary>Knows the words.</summary>
    public CategoryCompleter()
        : base("TEXT-TO-IMAGE", "IMAGE-TO-IMAGE", "IMAGE-TOOLS", "TEXT-TO-VIDEO", "IMAGE-TO-VIDEO", "REFERENCE-TO-VIDEO", "VIDEO-TO-VIDEO", "AUDIO-TO-VIDEO",
        "TEXT-TO-3D", "IMAGE-TO-3D", "TEXT-TO-SPEECH", "SPEECH-TO-TEXT", "TEXT-TO-AUDIO", "LLM")
    {
    }
}
