namespace AtlasCloud.Bench;

/// <summary>The measurements of a comparison by contestant.</summary>
internal sealed class Medians(IReadOnlyDictionary<string, List<Sample>> samples)
{
    /// <summary>The median time of a contestant; null if it was not measured.</summary>
    internal double? Time(string contestant) => Of(contestant, s => s.Milliseconds);

    /// <summary>The median of a member of a contestant's samples; null if it was not measured.</summary>
    internal double? Of(string contestant, Func<Sample, double?> member) =>
        samples.TryGetValue(contestant, out List<Sample>? own) ? Median(own.Select(member).OfType<double>()) : null;

    /// <summary>The ratio of two median times; null if one was not measured.</summary>
    internal double? Ratio(string contestant, string peer) => Time(contestant) / Time(peer);

    /// <summary>The median; null if there are no values.</summary>
    internal static double? Median(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        return sorted.Length == 0 ? null : (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }
}
