namespace AtlasCloud.PowerShell.Completers;

/// <summary>Completes the allowed values of an input of the model on the command line.</summary>
public sealed class ModelInputCompleter : ModelValueCompleter
{
}
