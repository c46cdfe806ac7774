namespace AtlasCloud.PowerShell.Pipeline;

internal static partial class ErrorAdvice
{
    private static string? Predictions(AtlasCloudException exception) => exception.Reason switch
    {
        AtlasCloudErrorReason.PredictionIdInvalid =>
            "Specify the ID that New-AtlasImage, New-AtlasVideo or New-AtlasAudio returned. Get-AtlasPrediction -History lists earlier ones.",
        AtlasCloudErrorReason.PredictionUnknown =>
            "Search for it with Get-AtlasPrediction -History. The API key must belong to the account that created the prediction, "
            + "and history storage must be turned on for that account.",
        AtlasCloudErrorReason.WaitTimedOut => $"Resume the wait with: Get-AtlasPrediction {exception.PredictionId} | Wait-AtlasPrediction -Timeout 01:00:00",
        AtlasCloudErrorReason.WaitUnanswered =>
            $"Check the connection with Test-AtlasSession, then resume the wait with: Get-AtlasPrediction {exception.PredictionId} | Wait-AtlasPrediction",
        AtlasCloudErrorReason.AlreadyFinished or AtlasCloudErrorReason.CancelNotOffered =>
            $"Save its outputs with: Get-AtlasPrediction {exception.PredictionId} | Wait-AtlasPrediction | Save-AtlasOutput",
        AtlasCloudErrorReason.OutcomeUnknown => $"Look for it with: Get-AtlasPrediction -History -Model {Quote(exception.Model)}",
        AtlasCloudErrorReason.OutcomeUnknownInJournal => "The request is in the journal. To search the history again, run Get-AtlasPrediction -Pending; it returns the prediction if it is found.",
        AtlasCloudErrorReason.OpenEntryNotSettled =>
            $"Look for it with Get-AtlasPrediction -History -Model {Quote(exception.Model)}, and collect it by its ID with Get-AtlasPrediction, or try again later with Get-AtlasPrediction -Pending. If the history still does not show it, submit this request alone again, without -Reuse; that is charged.",
        AtlasCloudErrorReason.OpenEntryOfAnotherKey when exception.PredictionId is string id =>
            $"Run Get-AtlasPrediction -Pending in a session with that API key. If it was replaced by another API key of the same account, collect it with: Get-AtlasPrediction {id} | Wait-AtlasPrediction | Save-AtlasOutput",
        AtlasCloudErrorReason.OpenEntryOfAnotherKey =>
            "Run Get-AtlasPrediction -Pending in a session with that API key. If it was replaced by another API key of the same account, look for it with Get-AtlasPrediction -History.",
        AtlasCloudErrorReason.NoJournal => "Use Get-AtlasPrediction -History, or a session with a -JournalPath.",
        AtlasCloudErrorReason.ReuseNeedsJournal when exception.Value is null => "Use a session with a -JournalPath, or omit -Reuse; every request is then submitted and paid.",
        AtlasCloudErrorReason.ReuseNeedsJournal => "Correct the permissions of the file and its folder, or check the free space. Without -Reuse, every request is submitted and paid.",
        AtlasCloudErrorReason.ReusedResultGone => "If the file was moved, move it back to that path. Otherwise, use -Force to submit and pay for the request again.",
        AtlasCloudErrorReason.PredictionCanceled => "If it was not canceled on purpose, pipe the prediction in TargetObject to the command that submitted it. The new request is charged.",
        _ => null,
    };
}
