namespace AtlasCloud.PowerShell.Pipeline;

internal static partial class ErrorAdvice
{
    private static string? Account(AtlasCloudException exception) => exception.Reason switch
    {
        AtlasCloudErrorReason.AccountBillingForbidden =>
            "The key may not read the billing of the whole account. -Scope Self works without that permission and shows the usage of the key's own user. "
            + "Otherwise use a key that may read billing: see https://www.atlascloud.ai/console/api-keys.",
        AtlasCloudErrorReason.BillingForbidden =>
            "The key may generate but not read billing, as is common for team keys. Use a key that may: see https://www.atlascloud.ai/console/api-keys.",
        AtlasCloudErrorReason.BillingGroupingRejected =>
            "The documented groupings are ModelType, Model, ApiKey, and Model with ApiKey. The service is known to reject ModelType; "
            + "-GroupBy Model shows the type of each model too.",
        AtlasCloudErrorReason.BillingPeriodEmpty => "Specify a -From that is not later than -To. Without -To, the last day is today.",
        _ => null,
    };
}
