namespace AtlasCloud;

/// <summary>What is to be saved of a prediction.</summary>
/// <param name="Prediction">The finished prediction.</param>
/// <param name="SavedFiles">The files if all of them are in the folder already; empty otherwise.</param>
/// <param name="Files">The files to save; empty if they are saved already or the prediction has no outputs.</param>
public sealed record SavePlan(Prediction Prediction, IReadOnlyList<SavedFile> SavedFiles, IReadOnlyList<PlannedFile> Files);
