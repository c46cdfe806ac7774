namespace AtlasCloud.PowerShell.Parameters;

/// <summary>Completes the usual shapes.</summary>
public sealed class AspectRatioCompleter : WordCompleter
{
    /// <summary>Knows the words.</summary>
    public AspectRatioCompleter()
        : base("16:9", "9:16", "1:1", "4:3", "3:4", "21:9")
    {
    }
}
