namespace AtlasCloud.PowerShell.Completers;

/// <summary>Completes the resolutions of the model on the command line; without a model, common ones.</summary>
public sealed class ResolutionCompleter : ModelValueCompleter
{
    /// <summary>Initializes the completer with its words.</summary>
    public ResolutionCompleter()
        : base("480p", "720p", "1080p", "4k", "1k", "2k")
    {
    }
}
