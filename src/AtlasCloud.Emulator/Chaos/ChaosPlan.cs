namespace AtlasCloud.Emulation.Chaos;

/// <summary>
/// Decides which request gets which fault. The decision depends only on the seed, the kind of the request and its number within its kind,
/// so a run is reproducible if its clients send the same requests in the same order.
/// </summary>
internal sealed class ChaosPlan
{
    private readonly int _seed;
    private readonly IReadOnlyDictionary<RequestKind, IReadOnlyList<(ChaosFault Fault, double UpTo)>> _cumulativeRates;

    /// <param name="seed">The seed of the plan.</param>
    /// <param name="rate">The share of requests of each kind that gets one of the faults without a rate of their own.</param>
    /// <param name="faults">The faults to inject.</param>
    internal ChaosPlan(int seed, double rate, IReadOnlyList<ChaosFault> faults)
    {
        _seed = seed;
        _cumulativeRates = Enum.GetValues<RequestKind>().ToDictionary(kind => kind, kind => CumulativeRates(kind, rate, faults));
    }

    /// <summary>The share of requests of a kind that gets any fault.</summary>
    internal double TotalRate(RequestKind kind) => _cumulativeRates[kind] is { Count: > 0 } rates ? rates[^1].UpTo : 0.0;

    /// <summary>The fault of a request; null for none.</summary>
    /// <param name="kind">The kind of the request.</param>
    /// <param name="number">The number of the request within its kind, from 1.</param>
    internal ChaosFault? FaultFor(RequestKind kind, int number)
    {
        double value = UniformValue(kind, number);
        foreach ((ChaosFault fault, double upTo) in _cumulativeRates[kind])
        {
            if (value < upTo)
            {
                return fault;
            }
        }

        return null;
    }

    private static IReadOnlyList<(ChaosFault, double)> CumulativeRates(RequestKind kind, double rate, IReadOnlyList<ChaosFault> faults)
    {
        List<ChaosFault> applicable = [.. faults.Where(fault => fault.Kinds.Contains(kind))];
        double share = rate / Math.Max(1, applicable.Count(fault => fault.Rate is null));
        double upTo = 0.0;
        return [.. applicable.Select(fault => (fault, upTo += fault.Rate ?? share))];
    }

    /// <summary>A uniform value in [0, 1), mixed by the finalizer of SplitMix64. Random would need all previous values to compute this one.</summary>
    private double UniformValue(RequestKind kind, int number)
    {
        ulong mixed = ((ulong)(uint)_seed << 36) ^ ((ulong)kind << 32) ^ (uint)number;
        mixed += 0x9E3779B97F4A7C15;
        mixed = (mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9;
        mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EB;
        mixed ^= mixed >> 31;
        return (mixed >> 11) * (1.0 / (1UL << 53));
    }
}
