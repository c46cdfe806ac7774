namespace AtlasCloud.Predictions;

/// <summary>The outputs in a response.</summary>
/// <param name="Outputs">Those that could be read.</param>
/// <param name="UnreadMembers">The names of the members with content that could not be read; empty if there is none.</param>
internal sealed record OutputReading(IReadOnlyList<Output> Outputs, IReadOnlyList<string> UnreadMembers);
