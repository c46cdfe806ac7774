namespace AtlasCloud.PowerShell.Pipeline;

internal static partial class ErrorAdvice
{
    private static string? Media(AtlasCloudException exception) => exception.Reason switch
    {
        AtlasCloudErrorReason.FileIsFolder => "Specify the files in the folder, for example (Get-ChildItem folder/*.png).",
        AtlasCloudErrorReason.FileMissing => "Check the path. A relative path starts at the current location.",
        AtlasCloudErrorReason.AddressWithoutScheme => "If it is a URL, add https:// at the start. Otherwise check the path.",
        AtlasCloudErrorReason.FileEmpty => "Check that the program that creates the file has finished writing it.",
        AtlasCloudErrorReason.FileUnreadable => "Check the permissions of the file and whether another program has it open.",
        AtlasCloudErrorReason.SeveralAddresses => "Specify several media as an array: @('https://...', 'https://...').",
        _ => null,
    };
}
