using AtlasCloud.Models;

namespace AtlasCloud.PowerShell.Completers;

/// <summary>Completes types of models, and what they make.</summary>
public sealed class ModelTypeCompleter : WordCompleter
{
    /// <summary>Knows the words.</summary>
    public ModelTypeCompleter()
        : base(ModelTypeNames.All)
    {
    }
}
