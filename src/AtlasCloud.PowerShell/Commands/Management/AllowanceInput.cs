using AtlasCloud.PowerShell.Pipeline;

namespace AtlasCloud.PowerShell.Commands;

/// <summary>Converts -Allowance and -Period.</summary>
internal static class AllowanceInput
{
    /// <summary>Returns the allowance; null if none is specified.</summary>
    /// <exception cref="AtlasCloudException">InvalidParameter: a period without an amount, or an amount that is not positive.</exception>
    internal static KeyAllowance? Create(decimal? amount, string? period)
    {
        if (amount is not decimal value)
        {
            return period is null ? null : throw CmdletErrors.PeriodWithoutAllowance();
        }

        return value <= 0m ? throw CmdletErrors.AllowanceNotPositive(value)
            : period is null ? KeyAllowance.Fixed(value)
            : KeyAllowance.Periodic(value, Enum.Parse<AllowancePeriod>(period, ignoreCase: true));
    }
}
