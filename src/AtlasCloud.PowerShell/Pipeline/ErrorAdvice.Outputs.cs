namespace AtlasCloud.PowerShell.Pipeline;

internal static partial class ErrorAdvice
{
    private static string? Outputs(AtlasCloudException exception) => exception.Reason switch
    {
        AtlasCloudErrorReason.ResultExpired =>
            "The service keeps results for about two weeks, upstream hosts for as little as a day. An expired result can only be generated again, which is charged.",
        AtlasCloudErrorReason.DownloadInterrupted => exception.PredictionId is string id
            ? $"Try again with: Get-AtlasPrediction {id} | Save-AtlasOutput. Results are kept for a limited time."
            : "Try again soon. Results are kept for a limited time.",
        _ => null,
    };
}
