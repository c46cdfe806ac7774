namespace AtlasCloud.PowerShell.Commands;

/// <content>Returns files that are saved already, and writes their missing metadata.</content>
public sealed partial class SaveAtlasOutputCommand
{
    private bool _hasWarnedOfMetadata;

    private void WriteSaved(SavePlan plan)
    {
        string count = plan.Files.Count == 0 ? "All" : $"{plan.SavedFiles.Count} of {plan.SavedFiles.Count + plan.Files.Count}";
        WriteVerbose($"{count} outputs of prediction {plan.Prediction.Id} are saved already, under the same names, so they are not downloaded again.");
        SaveMissingMetadata(plan);
        foreach (SavedFile file in plan.SavedFiles)
        {
            Write(file, plan.Prediction);
        }
    }

    private void SaveMissingMetadata(SavePlan plan)
    {
        if (Metadata && !IsWhatIfRequested() && !Run(stopping => _saver!.SaveMissingMetadataAsync(plan, stopping)) && !_hasWarnedOfMetadata)
        {
            _hasWarnedOfMetadata = true;
            WriteWarning($"The request of prediction {plan.Prediction.Id} is not known, so no metadata was written for its files, which an earlier run saved. The same applies to other files whose requests are not known.");
        }
    }
}
