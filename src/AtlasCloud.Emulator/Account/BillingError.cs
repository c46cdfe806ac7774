namespace AtlasCloud.Emulation.Account;

/// <summary>Why a question to the billing API is refused with 400.</summary>
internal sealed record BillingError(string Code, string Message, string Parameter)
{
    internal static BillingError InvalidParameter(string parameter, string message) => new("invalid_parameter", message, parameter);
}
