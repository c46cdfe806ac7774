using System.Text.Json.Nodes;

namespace AtlasCloud.Emulation.Predictions;

/// <summary>The outputs of a task.</summary>
internal sealed record OutputPlan
{
    /// <summary>The members of <c>outputs</c>.</summary>
    internal IReadOnlyList<OutputFile> Results { get; init; } = [];

    /// <summary>The text output, in place of files.</summary>
    internal string? Text { get; init; }

    /// <summary>The members of <c>files</c>.</summary>
    internal IReadOnlyList<OutputFile> Files { get; init; } = [];

    internal OutputFile? Thumbnail { get; init; }

    /// <summary>The duration of the output in seconds; null for outputs without a duration.</summary>
    internal decimal? Seconds { get; init; }

    /// <summary>Additional members of the completed prediction.</summary>
    internal JsonObject Extra { get; init; } = [];

    internal IEnumerable<OutputFile> All => Thumbnail is null ? Results.Concat(Files) : Results.Concat(Files).Append(Thumbnail);
}
