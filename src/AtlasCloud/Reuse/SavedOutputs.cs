using AtlasCloud.FileTypes;

namespace AtlasCloud.Reuse;

/// <summary>Reads the outputs of a prediction from the files in which an earlier run saved them.</summary>
internal static class SavedOutputs
{
    /// <summary>
    /// Returns the outputs; null if the files of an output are missing or were changed in length, or if the files do not contain everything: text can have details that
    /// only the service returns.
    /// </summary>
    internal static IReadOnlyList<Output>? Find(JournalEntry entry)
    {
        if (entry.State != JournalState.Saved || entry.PredictionId is null || entry.Files.Count == 0)
        {
            return null;
        }

        // Files of earlier versions have no number. The only file is the only result. An output can have been saved under several names.
        Output?[] outputs =
        [
            .. entry.Files.GroupBy(f => f.Output ?? (entry.Files.Count == 1 ? 1 : 0)).OrderBy(g => g.Key)
                .Select(g => g.FirstOrDefault(f => f.IsUnchanged) is SavedFile file ? ToOutput(entry, file, g.Key) : null),
        ];
        return outputs.Contains(null) ? null : [.. outputs.OfType<Output>()];
    }

    private static Output? ToOutput(JournalEntry entry, SavedFile file, int index) =>
        index > 0 && FileType.FromExtension(file.Path) is { Kind: MediaKind.Image or MediaKind.Video or MediaKind.Audio or MediaKind.ThreeD } type
            ? new Output
            {
                Value = file.Path,
                LocalPath = file.Path,
                Kind = type.Kind,
                ContentType = type.ContentType,
                Index = index,
                Role = Enum.TryParse(file.Role, out OutputRole role) && Enum.IsDefined(role) ? role : OutputRole.Result,
                PredictionId = entry.PredictionId,
                Source = entry.Kind,
            }
            : null;
}
