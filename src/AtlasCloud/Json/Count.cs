using System.Text.Json;

namespace AtlasCloud.Json;

/// <summary>Reads counts, such as tokens, and adds them up. A count that cannot be real is unknown, and no sum overflows.</summary>
internal static class Count
{
    private const long Max = 1_000_000_000_000;

    /// <summary>Returns a count of zero or more; null if there is none, or if it is negative or too large to be real.</summary>
    internal static long? Read(JsonElement? count) => count?.AsInteger() is long value and >= 0 and <= Max ? value : null;

    /// <summary>Returns the sum of the counts that are known; null if neither is.</summary>
    internal static long? Add(long? one, long? other)
    {
        if (one is not long first || other is not long second)
        {
            return one ?? other;
        }

        // A sum can only be out of range if both have the same sign.
        long sum = unchecked(first + second);
        return (first < 0) == (second < 0) && (sum < 0) != (first < 0) ? (first < 0 ? long.MinValue : long.MaxValue) : sum;
    }
}
