using AtlasCloud.FileTypes;

namespace AtlasCloud.Reuse;

/// <summary>Reads the outputs of a prediction from the files in which an earlier run saved them.</summary>
internal static class SavedOutputs
{
    /// <summary>
    /// Returns the outputs; null if files are missing or were changed in length, or if the files do not contain everything: text can have details that
    /// only the service returns.
    /// </summary>
    internal static IReadOnlyList<Output>? Find(JournalEntry entry)
    {
        if (entry.State != JournalState.Saved || entry.PredictionId is null || entry.Files.Count == 0 || !entry.Files.All(f => f.IsUnchanged))
        {
            return null;
        }

        // Files of earlier versions have no number. The only file is the only result.
        Output[] outputs = [.. entry.Files.Select(f => ToOutput(entry, f, f.Output ?? (entry.Files.Count == 1 ? 1 : 0))).OfType<Output>().OrderBy(o => o.Index)];
        return outputs.Length == entry.Files.Count && outputs.DistinctBy(o => o.Index).Count() == outputs.Length ? outputs : null;
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
