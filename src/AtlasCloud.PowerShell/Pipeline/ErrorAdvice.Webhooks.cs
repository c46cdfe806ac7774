namespace AtlasCloud.PowerShell.Pipeline;

internal static partial class ErrorAdvice
{
    private static string? Webhooks(AtlasCloudException exception) => exception.Reason switch
    {
        AtlasCloudErrorReason.WebhookKeysUnavailable => "Nothing is known about the delivery yet. Verify it again when the service is available.",
        _ => null,
    };
}
