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

    /// <summary>Warns if a saved file is something else than expected.</summary>
    /// <returns>The file, marked if its type is unknown.</returns>
    internal SavedFile Report(Output output, SavedFile saved)
    {
        if (Expected is not null)
        {
            string found = IsRecognized ? $"a {Type.Extension} file" : "data of an unknown type";
            AtlasCloudLog.Warning(
                $"Output {output.Index} of prediction {output.PredictionId ?? "(unknown)"} is {found}, but {Expected} was expected. It was saved as '{saved.Path}'."
                + (IsRecognized ? "" : " The prediction does not count as saved."));
        }

        return saved with { IsUnrecognized = !IsRecognized };
    }
}
