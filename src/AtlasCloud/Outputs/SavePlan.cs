namespace AtlasCloud;

/// <summary>What is to be saved of a prediction.</summary>
/// <param name="Prediction">The finished prediction.</param>
/// <param name="SavedFiles">The files of results that an earlier run saved in the folder under the requested names, at most one for each output.</param>
/// <param name="Files">The other files, which are to be saved; empty if none is left or the prediction has no outputs.</param>
public sealed record SavePlan(Prediction Prediction, IReadOnlyList<SavedFile> SavedFiles, IReadOnlyList<PlannedFile> Files)
{
    /// <summary>Returns the file in which an earlier run saved an output; null if there is none in <see cref="SavedFiles"/>.</summary>
    /// <param name="output">The output, of this prediction.</param>
    public SavedFile? FindSavedFile(Output output) => SavedFiles.FirstOrDefault(f => f.Output == output.Index);
}
