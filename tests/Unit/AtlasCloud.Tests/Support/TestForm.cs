namespace AtlasCloud.Tests;

/// <summary>The short form of a test uses a sample that is the same in each run. The long form (ATLASCLOUD_TEST_LONG=1) uses everything.</summary>
internal static class TestForm
{
    private const int Seed = 20260826;

    internal static bool IsLong { get; } = Environment.GetEnvironmentVariable("ATLASCLOUD_TEST_LONG") == "1";

    /// <summary>Returns the numbers from 0 up to a count: all in the long form; in the short form the first, the last, and a random sample.</summary>
    internal static IReadOnlyList<int> Sample(int count, int size)
    {
        if (IsLong || size >= count)
        {
            return [.. Enumerable.Range(0, count)];
        }

        int[] all = [.. Enumerable.Range(1, count - 2)];
        new Random(Seed).Shuffle(all);
        return [0, .. all.Take(size - 2).Order(), count - 1];
    }
}
