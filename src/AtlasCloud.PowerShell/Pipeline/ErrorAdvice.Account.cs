namespace AtlasCloud.PowerShell.Pipeline;

internal static partial class ErrorAdvice
{
    private static string? Account(AtlasCloudException exception) => exception.Reason switch
    {
        AtlasCloudErrorReason.AccountBillingForbidden =>
            "The API key does not have permission to read the billing data of the account. Use -Scope Self to get the usage of the user of this "
            + "API key, which needs no such permission, or use an API key with billing permission: see https://www.atlascloud.ai/console/api-keys.",
        AtlasCloudErrorReason.BillingForbidden =>
            "The API key does not have permission to read billing data, which is common for team keys. "
            + "Use an API key with billing permission: see https://www.atlascloud.ai/console/api-keys.",
        AtlasCloudErrorReason.BillingGroupingRejected =>
            "Use -GroupBy Model: its rows contain the type of each model. The service documents ModelType but currently rejects it.",
        AtlasCloudErrorReason.BillingPeriodEmpty => "Specify a -From that is not later than -To. Without -To, the last day is today.",
        _ => null,
    };
}
