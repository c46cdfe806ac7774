namespace AtlasCloud.PowerShell.Completers;

/// <summary>Completes what the chosen model allows for an input, and nothing while it is not known.</summary>
public sealed class ModelInputCompleter : ModelValueCompleter
{
}
