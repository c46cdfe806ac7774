namespace AtlasCloud.PowerShell.Completers;

/// <summary>Completes how long a model may think.</summary>
public sealed class ReasoningEffortCompleter : WordCompleter
{
    /// <summary>Knows the words.</summary>
    public ReasoningEffortCompleter()
        : base("minimal", "low", "medium", "high")
    {
    }
}
