namespace AtlasCloud.PowerShell.Pipeline;

internal static partial class ErrorAdvice
{
    private static string? Assets(AtlasCloudException exception) => exception.Reason switch
    {
        AtlasCloudErrorReason.AssetKindUnknown => "Specify -Kind Image, Video or Audio.",
        AtlasCloudErrorReason.AssetKindMismatch => $"Omit -Kind, or specify -Kind {exception.Value}.",
        AtlasCloudErrorReason.AssetFormatUnsupported => $"Convert the file to one of these formats: {string.Join(", ", exception.Allowed)}.",
        AtlasCloudErrorReason.AssetTooLarge => "Reduce the size of the image, or save it in a format that compresses better.",
        AtlasCloudErrorReason.AssetDimensionsUnsupported => "Resize or crop the image.",
        AtlasCloudErrorReason.AssetSourceUnsupported => "Save the content to a file and specify the path of the file. It is uploaded automatically.",
        AtlasCloudErrorReason.AssetAddressNotPublic => "Download the file and specify its path. It is uploaded automatically.",
        AtlasCloudErrorReason.AssetNameEmpty => "Specify a name.",
        AtlasCloudErrorReason.AssetIdInvalid => "Specify the Id of an asset, as Get-AtlasAsset shows it, or its asset:// address.",
        AtlasCloudErrorReason.AssetUnknown => "Run Get-AtlasAsset to list the assets. Restore-AtlasAsset takes an asset out of the trash by its Id.",
        AtlasCloudErrorReason.AssetFailed => "Register other media. The rejected asset is in TargetObject; Remove-AtlasAsset removes it.",
        AtlasCloudErrorReason.AssetStillProcessing => $"Check it later with: Get-AtlasAsset {Quote(exception.Value)}",
        AtlasCloudErrorReason.AssetNotActive => $"Check its state with: Get-AtlasAsset {Quote(exception.Value)}",
        AtlasCloudErrorReason.AssetOutcomeUnknown => "Run Get-AtlasAsset to see whether the asset exists before you register it again.",
        AtlasCloudErrorReason.MediaNotRegistered =>
            "This model may accept these media only from the asset library. Register them with Register-AtlasAsset, and pass its output to -Image, -Video or -Audio.",
        _ => null,
    };
}
