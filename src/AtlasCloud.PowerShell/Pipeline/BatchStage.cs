namespace AtlasCloud.PowerShell.Pipeline;

/// <summary>What a command of a pipeline does with predictions, in the order in which they pass.</summary>
internal enum BatchStage
{
    Submit,
    Wait,
    Save,
}
