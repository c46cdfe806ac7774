namespace AtlasCloud.PowerShell.Pipeline;

internal static partial class ErrorAdvice
{
    private static string? Outputs(AtlasCloudException exception) => exception.Reason switch
    {
        AtlasCloudErrorReason.ResultExpired =>
            "The service keeps outputs for about two weeks, upstream hosts for as little as a day. An expired output can only be generated again, which is charged: run the command that created it again with -Reuse -Force, which submits only requests whose results are no longer available or that are not paid yet.",
        AtlasCloudErrorReason.DownloadInterrupted => exception.PredictionId is string id
            ? $"Try again with: Get-AtlasPrediction {id} | Save-AtlasOutput. Outputs are kept for a limited time."
            : "Try again soon. Outputs are kept for a limited time.",
        AtlasCloudErrorReason.FileTooLarge => "Raise -MaximumSize if the file is expected to be that large.",
        AtlasCloudErrorReason.DownloadAddressNotAllowed => "If the URL is correct, download the file yourself. The URL is in the Uri property of the output.",
        AtlasCloudErrorReason.TargetExists => exception.PredictionId is string existing
            ? $"Do not submit the request again, which would be charged. Save the output under a name that cannot exist yet: Get-AtlasPrediction {existing} | Save-AtlasOutput {Quote(Path.GetDirectoryName(exception.Value))} "
                + "-Name '{model}-{id}-{index}'. To overwrite the file instead, add -Force."
            : "Use -Force to overwrite it, or specify another name.",
        AtlasCloudErrorReason.TargetNotReplaceable =>
            "Close the program that has the file open, or clear its read-only attribute, then save again. Saving again costs nothing.",
        AtlasCloudErrorReason.DestinationIsFile => "Specify a folder. -Name sets the names of the files in it.",
        AtlasCloudErrorReason.NameTemplateInvalid =>
            $"The placeholders are {string.Join(", ", exception.Allowed)}. A date accepts a format, for example {{date:yyyyMMdd}}.",
        AtlasCloudErrorReason.PredictionNotFinished => $"Wait for it first: Wait-AtlasPrediction {exception.PredictionId} | Save-AtlasOutput",
        AtlasCloudErrorReason.DiskFull or AtlasCloudErrorReason.DiskQuotaExceeded =>
            "Free some space or choose another -Destination, then save again. Saving again costs nothing.",
        AtlasCloudErrorReason.FileTooLargeForFileSystem => "Choose a -Destination on another file system, then save again. Saving again costs nothing.",
        AtlasCloudErrorReason.FolderNotWritable => "Correct the permissions of the folder, or choose another -Destination.",
        AtlasCloudErrorReason.OutputsUnreadable =>
            $"What the service sent is in (Get-AtlasPrediction {exception.PredictionId}).AdditionalProperties. The prediction stays in Get-AtlasPrediction -Pending.",
        AtlasCloudErrorReason.ContentNotAResult => exception.PredictionId is string prediction
            ? $"Open the URL in a browser: (Get-AtlasPrediction {prediction}).Outputs.Uri. Then save again, which costs nothing."
            : "Open the URL in a browser. It is in the Uri property of the output. Then save again, which costs nothing.",
        _ => null,
    };
}
