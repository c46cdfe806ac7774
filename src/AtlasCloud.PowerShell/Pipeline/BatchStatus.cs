namespace AtlasCloud.PowerShell.Pipeline;

/// <summary>The progress of a batch.</summary>
/// <param name="Text">The counts, the money spent, and the elapsed time.</param>
/// <param name="Fraction">The completed fraction, from 0 to 1; null while the number of inputs is unknown.</param>
/// <param name="Remaining">An estimate of the remaining time; null while there is nothing to base it on.</param>
internal sealed record BatchStatus(string Text, double? Fraction, TimeSpan? Remaining);
