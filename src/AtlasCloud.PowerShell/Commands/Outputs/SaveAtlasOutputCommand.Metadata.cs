namespace AtlasCloud.PowerShell.Commands;

/// <content>Writes the metadata of files that are saved already.</content>
public sealed partial class SaveAtlasOutputCommand
{
    private bool _hasWarnedOfMetadata;

    private void SaveMissingMetadata(SavePlan plan)
    {
        if (Metadata && !IsWhatIfRequested() && !Run(stopping => _saver!.SaveMissingMetadataAsync(plan, stopping)) && !_hasWarnedOfMetadata)
        {
            _hasWarnedOfMetadata = true;
            WriteWarning($"The request of prediction {plan.Prediction.Id} is not known, so no metadata was written for its files, which an earlier run saved. The same applies to other files whose requests are not known.");
        }
    }
}
