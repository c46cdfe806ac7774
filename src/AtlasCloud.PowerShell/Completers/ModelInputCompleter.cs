namespace AtlasCloud.PowerShell.Completers;

/// <summary>Completes the allowed values of an input of the model on the command line; nothing if they are not cached.</summary>
public sealed class ModelInputCompleter : ModelValueCompleter
{
}
