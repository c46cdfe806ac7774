namespace AtlasCloud.PowerShell.Pipeline;

internal static partial class ErrorAdvice
{
    private static string? Models(AtlasCloudException exception) => exception.Reason switch
    {
        AtlasCloudErrorReason.ModelUnknown => "Find the ID with Get-AtlasModel -Search, or complete it with the Tab key.",
        AtlasCloudErrorReason.ModelNameAmbiguous => "Specify the whole ID of one of these models, as Get-AtlasModel shows it.",
        AtlasCloudErrorReason.InputNotFound => $"Run Get-AtlasModelParameter {Quote(exception.Model)} to see all inputs of the model and what they mean.",
        _ => null,
    };
}
