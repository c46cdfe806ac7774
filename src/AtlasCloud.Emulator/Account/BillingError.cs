namespace AtlasCloud.Emulation.Account;

/// <summary>Why the billing API rejects a query with 400.</summary>
internal sealed record BillingError(string Code, string Message, string Parameter)
{
    internal static BillingError InvalidParameter(string parameter, string message) => new("invalid_parameter", message, parameter);
}
