namespace AtlasCloud.PowerShell.Completers;

/// <summary>Completes the aspect ratios of the model on the command line; without a model, common ones.</summary>
public sealed class AspectRatioCompleter : ModelValueCompleter
{
    /// <summary>Initializes the completer with its words.</summary>
    public AspectRatioCompleter()
        : base("16:9", "9:16", "1:1", "4:3", "3:4", "21:9")
    {
    }
}
