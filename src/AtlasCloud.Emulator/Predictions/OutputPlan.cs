using System.Text.Json.Nodes;

namespace AtlasCloud.Emulation.Predictions;

/// <summary>What a task delivers.</summary>
internal sealed record OutputPlan
{
    /// <summary>The members of <c>outputs</c>.</summary>
    internal IReadOnlyList<OutputFile> Results { get; init; } = [];

    /// <summary>Text in place of addresses.</summary>
    internal string? Text { get; init; }

    /// <summary>The members of <c>files</c>.</summary>
    internal IReadOnlyList<OutputFile> Files { get; init; } = [];

    internal OutputFile? Thumbnail { get; init; }

    /// <summary>Seconds of what was made; null where it does not last.</summary>
    internal decimal? Seconds { get; init; }

    /// <summary>Further members of the finished prediction.</summary>
    internal JsonObject Extra { get; init; } = [];

    internal IEnumerable<OutputFile> All => Thumbnail is null ? Results.Concat(Files) : Results.Concat(Files).Append(Thumbnail);
}
