namespace AtlasCloud.PowerShell.Binding;

/// <summary>What a length of time as a parameter has to be.</summary>
internal static class TimeSpanGuard
{
    /// <exception cref="AtlasCloudException">InvalidParameter: it is zero or less.</exception>
    internal static void RequirePositive(TimeSpan? time, string parameterName)
    {
        if (time is TimeSpan given && given <= TimeSpan.Zero)
        {
            throw new AtlasCloudException(AtlasCloudErrorKind.InvalidParameter, $"-{parameterName} has to be longer than nothing, but is {given}.");
        }
    }
    /// <exception cref="AtlasCloudException">InvalidParameter: it is less than nothing.</exception>
    internal static void RequireNotNegative(TimeSpan? time, string parameterName)
    {
        if (time is TimeSpan given && given < TimeSpan.Zero)
        {
            throw new AtlasCloudException(AtlasCloudErrorKind.InvalidParameter, $"-{parameterName} cannot be less than nothing, but is {given}.");
        }
    }
}
