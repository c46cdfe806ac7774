namespace AtlasCloud.PowerShell.Pipeline;

internal static partial class ErrorAdvice
{
    private static string? Webhooks(AtlasCloudException exception) => exception.Reason switch
    {
        AtlasCloudErrorReason.WebhookKeysUnavailable => "Nothing is known about the delivery yet. Verify it again when the service is available.",
        AtlasCloudErrorReason.WebhookHeadersInvalid => "Specify a hashtable or the headers object of the request.",
        AtlasCloudErrorReason.WebhookBodySplit => "Read the body in one piece with Get-Content -Raw.",
        AtlasCloudErrorReason.WebhookBodyParsed =>
            "Specify the raw body: $Request.RawBody in an Azure function, or the bytes of the InputStream of a listener.",
        _ => null,
    };
}
