using AtlasCloud.PowerShell.Pipeline;

namespace AtlasCloud.PowerShell.Binding;

/// <summary>Validates parameters that are periods of time.</summary>
internal static class TimeSpanGuard
{
    /// <exception cref="AtlasCloudException">InvalidParameter: the time is zero or negative.</exception>
    internal static void RequirePositive(TimeSpan? time, string parameterName)
    {
        if (time is TimeSpan value && value <= TimeSpan.Zero)
        {
            throw CmdletErrors.TimeNotPositive(parameterName, value);
        }
    }

    /// <exception cref="AtlasCloudException">InvalidParameter: the time is negative.</exception>
    internal static void RequireNotNegative(TimeSpan? time, string parameterName)
    {
        if (time is TimeSpan value && value < TimeSpan.Zero)
        {
            throw CmdletErrors.TimeNegative(parameterName, value);
        }
    }
}
