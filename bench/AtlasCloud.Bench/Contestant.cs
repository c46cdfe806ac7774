namespace AtlasCloud.Bench;

/// <summary>One side of a comparison.</summary>
/// <param name="Name">Its name in the results.</param>
/// <param name="MeasureAsync">Measures once.</param>
/// <param name="MaxRounds">The number of rounds after which it is not measured again, for peers that take minutes.</param>
internal sealed record Contestant(string Name, Func<Task<Sample>> MeasureAsync, int MaxRounds = int.MaxValue);
