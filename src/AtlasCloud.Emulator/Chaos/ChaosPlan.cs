namespace AtlasCloud.Emulation.Chaos;

/// <summary>
/// Which request is struck by which fault. That follows from the seed, the kind of the request and its number among its kind alone, so that
/// a run can be had again as far as its clients do the same things in the same order.
/// </summary>
internal sealed class ChaosPlan
{
    private readonly IReadOnlyDictionary<RequestKind, IReadOnlyList<(ChaosFault Fault, double UpTo)>> _cumulativeRates;

    /// <param name="seed">Where chance begins.</param>
    /// <param name="rate">The part of the requests of each kind that is struck by one of the faults without a rate of their own.</param>
    /// <param name="faults">The faults.</param>
    internal ChaosPlan(int seed, double rate, IReadOnlyList<ChaosFault> faults)
    {
        (Seed, Faults) = (seed, faults);
        _cumulativeRates = Enum.GetValues<RequestKind>().ToDictionary(kind => kind, kind => CumulativeRates(kind, rate, faults));
    }

    internal int Seed { get; }

    internal IReadOnlyList<ChaosFault> Faults { get; }

    /// <summary>The part of the requests of a kind that is struck by any fault.</summary>
    internal double TotalRate(RequestKind kind) => _cumulativeRates[kind] is { Count: > 0 } rates ? rates[^1].UpTo : 0.0;

    /// <summary>The fault that strikes a request; null for none.</summary>
    /// <param name="kind">What the request is for.</param>
    /// <param name="number">Its place among its kind, from 1.</param>
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

    /// <summary>A number from 0 to 1, scattered by the finalizer of SplitMix64. Random would need the numbers before it.</summary>
    private double UniformValue(RequestKind kind, int number)
    {
        ulong mixed = ((ulong)(uint)Seed << 36) ^ ((ulong)kind << 32) ^ (uint)number;
        mixed += 0x9E3779B97F4A7C15;
        mixed = (mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9;
        mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EB;
        mixed ^= mixed >> 31;
        return (mixed >> 11) * (1.0 / (1UL << 53));
    }
}
