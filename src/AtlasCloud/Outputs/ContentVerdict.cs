using AtlasCloud.FileTypes;

namespace AtlasCloud.Outputs;

/// <summary>What a file is, by its content.</summary>
/// <param name="Type">The type under which it is saved.</param>
internal sealed record ContentVerdict(FileType Type)
{
    /// <summary>Why the content is not a result and is not saved, as the end of a sentence; null if it can be one.</summary>
    internal string? Problem { get; init; }

    /// <summary>What was expected, if the content is saved although it is something else; null otherwise.</summary>
    internal string? Expected { get; init; }

    /// <summary>Whether the type was recognized by the content. A file of unknown type does not count as the result.</summary>
    internal bool IsRecognized { get; init; } = true;
}
