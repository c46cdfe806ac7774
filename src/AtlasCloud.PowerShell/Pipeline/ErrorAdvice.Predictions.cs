namespace AtlasCloud.PowerShell.Pipeline;

internal static partial class ErrorAdvice
{
    private static string? Predictions(AtlasCloudException exception) => exception.Reason switch
    {
        _ => null,
    };
}
