namespace AtlasCloud.PowerShell.Pipeline;

internal static partial class ErrorAdvice
{
    private static string? Webhooks(AtlasCloudException exception) => exception.Reason switch
    {
        AtlasCloudErrorReason.WebhookKeysUnavailable => "The delivery was not verified, because the signing keys of the service are unavailable. Do not act on it; verify it again later.",
        _ => null,
    };
}
