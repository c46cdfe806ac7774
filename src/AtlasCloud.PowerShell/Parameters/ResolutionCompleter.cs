namespace AtlasCloud.PowerShell.Parameters;

/// <summary>Completes the usual resolutions.</summary>
public sealed class ResolutionCompleter : WordCompleter
{
    /// <summary>Knows the words.</summary>
    public ResolutionCompleter()
        : base("480p", "720p", "1080p", "4k", "1k", "2k")
    {
    }
}
