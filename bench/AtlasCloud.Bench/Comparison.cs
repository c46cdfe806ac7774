namespace AtlasCloud.Bench;

/// <summary>What is measured together, in turns.</summary>
/// <param name="Id">Its name for the command line and the results.</param>
/// <param name="Contestants">The sides.</param>
/// <param name="Goals">What is expected of the medians.</param>
internal sealed record Comparison(string Id, IReadOnlyList<Contestant> Contestants, IReadOnlyList<Goal> Goals);
