namespace AtlasCloud.PowerShell.Pipeline;

internal static partial class ErrorAdvice
{
    private static string? Costs(AtlasCloudException exception) => exception.Reason switch
    {
        AtlasCloudErrorReason.MaxCostExceeded => "Reduce the request or raise -MaxCost.",
        AtlasCloudErrorReason.BudgetExhausted => "Reduce the request or continue with a session that has a larger -Budget.",
        AtlasCloudErrorReason.PriceUnknown => "Use -AllowUnknownCost to submit requests that cannot be priced, or remove the limit.",
        _ => null,
    };
}
