namespace AtlasCloud.PowerShell.Pipeline;

internal static partial class ErrorAdvice
{
    private static string? Predictions(AtlasCloudException exception) => exception.Reason switch
    {
        AtlasCloudErrorReason.PredictionIdInvalid =>
            "Specify the ID that New-AtlasImage, New-AtlasVideo or New-AtlasAudio returned. Get-AtlasPrediction -History lists earlier ones.",
        AtlasCloudErrorReason.PredictionUnknown =>
            "Search for it with Get-AtlasPrediction -History. The API key must belong to the account that created it, and the account must not have history storage turned off.",
        AtlasCloudErrorReason.WaitTimedOut => $"Resume the wait with: Get-AtlasPrediction {exception.PredictionId} | Wait-AtlasPrediction -Timeout 01:00:00",
        AtlasCloudErrorReason.AlreadyFinished or AtlasCloudErrorReason.CancelNotOffered =>
            $"Collect its result with: Get-AtlasPrediction {exception.PredictionId} | Wait-AtlasPrediction | Save-AtlasOutput",
        AtlasCloudErrorReason.OutcomeUnknown => $"Look for it with: Get-AtlasPrediction -History -Model {Quote(exception.Model)}",
        AtlasCloudErrorReason.OutcomeUnknownInJournal => "The request is in the journal. Get-AtlasPrediction -Pending looks for it again and returns it if it is found.",
        AtlasCloudErrorReason.OpenEntryNotSettled =>
            $"Look for it with Get-AtlasPrediction -History -Model {Quote(exception.Model)}, and collect it by its ID with Get-AtlasPrediction, or try again later with Get-AtlasPrediction -Pending. Submit it again only if the history does not show it.",
        AtlasCloudErrorReason.OpenEntryOfAnotherKey when exception.PredictionId is string id =>
            $"Run Get-AtlasPrediction -Pending in a session with that key. If the key was replaced by another one of the same account, collect it with: Get-AtlasPrediction {id} | Wait-AtlasPrediction | Save-AtlasOutput",
        AtlasCloudErrorReason.OpenEntryOfAnotherKey =>
            "Run Get-AtlasPrediction -Pending in a session with that key. If the key was replaced by another one of the same account, look for it with Get-AtlasPrediction -History.",
        AtlasCloudErrorReason.NoJournal => "Use Get-AtlasPrediction -History, or a session with a -JournalPath.",
        _ => null,
    };
}
