namespace AtlasCloud.PowerShell.Completers;

/// <summary>Completes the resolutions of the chosen model, else the usual ones.</summary>
public sealed class ResolutionCompleter : ModelValueCompleter
{
    /// <summary>Knows the words.</summary>
    public ResolutionCompleter()
        : base("480p", "720p", "1080p", "4k", "1k", "2k")
    {
    }
}
