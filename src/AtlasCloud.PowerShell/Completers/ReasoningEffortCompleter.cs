namespace AtlasCloud.PowerShell.Completers;

/// <summary>Completes levels of reasoning effort.</summary>
public sealed class ReasoningEffortCompleter : WordCompleter
{
    /// <summary>Initializes the completer with its words.</summary>
    public ReasoningEffortCompleter()
        : base("minimal", "low", "medium", "high")
    {
    }
}
