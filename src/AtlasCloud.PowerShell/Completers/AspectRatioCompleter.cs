namespace AtlasCloud.PowerShell.Completers;

/// <summary>Completes the shapes of the chosen model, else the usual ones.</summary>
public sealed class AspectRatioCompleter : ModelValueCompleter
{
    /// <summary>Knows the words.</summary>
    public AspectRatioCompleter()
        : base("16:9", "9:16", "1:1", "4:3", "3:4", "21:9")
    {
    }
}
