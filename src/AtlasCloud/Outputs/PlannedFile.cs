using AtlasCloud.Outputs;

namespace AtlasCloud;

/// <summary>An output with the name it will be saved under. Created by <see cref="OutputSaver.PlanAsync"/>.</summary>
public sealed class PlannedFile
{
    internal PlannedFile(Prediction prediction, Output output, string name, SaveProgress progress) =>
        (Prediction, Output, Name, Progress) = (prediction, output, name, progress);

    /// <summary>The prediction.</summary>
    public Prediction Prediction { get; }

    /// <summary>The output.</summary>
    public Output Output { get; }

    /// <summary>The file name without extension.</summary>
    public string Name { get; }

    internal SaveProgress Progress { get; }
}
