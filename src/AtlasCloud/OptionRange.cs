using System.Runtime.CompilerServices;

namespace AtlasCloud;

/// <summary>Checks values of options, so that none can make a client hang or poll without pause.</summary>
internal static class OptionRange
{
    internal static TimeSpan RequirePositive(TimeSpan value, [CallerMemberName] string name = "") =>
        value > TimeSpan.Zero ? value : throw new ArgumentOutOfRangeException(name, value, "The value must be greater than zero.");

    internal static TimeSpan? RequirePositive(TimeSpan? value, [CallerMemberName] string name = "") =>
        value is TimeSpan time ? RequirePositive(time, name) : null;

    internal static T RequireAtLeast<T>(T minimum, T value, [CallerMemberName] string name = "")
        where T : struct, IComparable<T> =>
        value.CompareTo(minimum) >= 0 ? value : throw new ArgumentOutOfRangeException(name, value, $"The value must be at least {minimum}.");

    internal static T? RequireAtLeast<T>(T minimum, T? value, [CallerMemberName] string name = "")
        where T : struct, IComparable<T> =>
        value is T number ? RequireAtLeast(minimum, number, name) : null;
}
