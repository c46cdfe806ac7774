using AtlasCloud.Outputs;
using AtlasCloud.Predictions;

namespace AtlasCloud;

/// <summary>
/// Saves the results of many predictions into one folder, under names that do not collide. Plan each prediction, then save its files, several at a time if
/// you like. Results that an earlier run saved under the same names are not downloaded again. Created by <see cref="OutputResource.CreateSaver"/>.
/// </summary>
/// <remarks>Thread-safe.</remarks>
public sealed class OutputSaver
{
    private readonly OutputResource _outputs;
    private readonly PredictionResource _predictions;
    private readonly PredictionRecords _records;
    private readonly SaveOptions _options;
    private readonly TimeProvider _clock;
    private readonly FileNameTemplate _names;
    private readonly HashSet<string> _reserved = new(StringComparer.OrdinalIgnoreCase);
    private int _isFolderClean;
    private int _planned;

    internal OutputSaver(OutputResource outputs, PredictionResource predictions, PredictionRecords records, SaveOptions options, TimeProvider clock)
    {
        (_outputs, _predictions, _records, _clock) = (outputs, predictions, records, clock);
        _options = options with { Folder = Path.GetFullPath(options.Folder) };
        _names = new FileNameTemplate(options.NameTemplate);
        if (File.Exists(_options.Folder))
        {
            throw OutputErrors.FolderIsFile(_options.Folder);
        }
    }

    /// <summary>The folder, as a full path.</summary>
    public string Folder => _options.Folder;

    /// <summary>Decides what is to be saved of a prediction and under which names. A prediction that is not finished, or whose outputs are not known, is read again first.</summary>
    /// <param name="prediction">The prediction. Only its ID must be set.</param>
    /// <param name="cancellationToken">Cancels the read.</param>
    /// <exception cref="AtlasCloudException">
    /// PredictionFailed, ContentBlocked: it failed. InvalidParameter: it has not finished, or its ID is not valid. PredictionNotFound: the service does not know it.
    /// </exception>
    public async Task<SavePlan> PlanAsync(Prediction prediction, CancellationToken cancellationToken = default)
    {
        Prediction finished = await ReadFinishedAsync(prediction, cancellationToken).ConfigureAwait(false);
        (finished, IReadOnlyList<SavedFile> files) = await _records.FindSavedAsync(finished, _options.Folder).ConfigureAwait(false);
        EarlierFiles earlier = new(_options.Overwrite ? [] : files);
        IReadOnlyList<Output> outputs = OutputSelection.Select(finished, _options.IncludeAll);
        int position = Interlocked.Increment(ref _planned);
        DateTimeOffset now = _clock.GetLocalNow();
        List<SavedFile> saved = [];
        List<(Output Output, string Name)> missing = [];
        lock (_reserved)
        {
            foreach (Output output in outputs)
            {
                if (earlier.Find(output, _names.FormatEarlier(finished, output, now, position), _reserved.Contains) is SavedFile file)
                {
                    _reserved.Add(Path.GetFileNameWithoutExtension(file.Path));
                    saved.Add(file);
                }
                else
                {
                    missing.Add((output, ReserveName(_names.Format(finished, output, now, position))));
                }
            }
        }

        SaveProgress progress = new(_records, finished, missing.Count);
        return new SavePlan(finished, saved, [.. missing.Select(m => new PlannedFile(finished, m.Output, m.Name, progress))]);
    }

    /// <summary>Saves a file: to a temporary name first, complete and verified, then under its final name. Transient failures are retried.</summary>
    /// <param name="file">The file, from <see cref="PlanAsync"/> of this saver.</param>
    /// <param name="progress">Receives the bytes so far and the total, which is null if unknown. Called from any thread.</param>
    /// <param name="cancellationToken">Cancels the download; no partial file is left.</param>
    /// <returns>The file, with the length and SHA-256 of what was written.</returns>
    /// <exception cref="AtlasCloudException">FileExists: the name is taken. DownloadIncomplete: the result could not be downloaded or written.</exception>
    public async Task<SavedFile> SaveAsync(PlannedFile file, Action<long, long?>? progress = null, CancellationToken cancellationToken = default)
    {
        Directory.CreateDirectory(_options.Folder);

        // Not before the first save: a caller may only plan.
        if (Interlocked.Exchange(ref _isFolderClean, 1) == 0)
        {
            StalePartialFiles.Delete(_options.Folder);
        }

        SaveTarget target = new(_options.Folder, file.Name, _options.Overwrite, progress)
        {
            MaximumSize = _options.MaximumSize,

            // A crash may have come right after an earlier save.
            AcceptsIdentical = _options.AcceptIdentical || file.Prediction.IsResumed,
        };
        try
        {
            SavedFile saved = (await _outputs.SaveAsync(file.Output, target, cancellationToken).ConfigureAwait(false)) with
            {
                Output = file.Output.Index,
                Role = EarlierFiles.DescribeRole(file.Output),
            };
            if (_options.WriteMetadata)
            {
                await WriteMetadataAsync(file, target, saved, cancellationToken).ConfigureAwait(false);
            }

            await file.Progress.RecordAsync(saved).ConfigureAwait(false);
            return saved;
        }
        catch (AtlasCloudException exception) when (exception.Reason == AtlasCloudErrorReason.TargetExists)
        {
            throw OutputErrors.ExistsForPrediction(exception, file);
        }
        catch (AtlasCloudException exception) when (exception.Kind == AtlasCloudErrorKind.DownloadIncomplete)
        {
            await _records.RecordExpiredAsync(file.Prediction, isUriExpired: exception.Reason == AtlasCloudErrorReason.ResultExpired).ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>Writes the metadata of files that were saved earlier, where it is missing. Does nothing without <see cref="SaveOptions.WriteMetadata"/>.</summary>
    /// <param name="plan">The plan, from <see cref="PlanAsync"/> of this saver.</param>
    /// <param name="cancellationToken">Cancels the write.</param>
    /// <returns>Whether all files have metadata now. False: the request of the prediction is unknown, so that it cannot be written.</returns>
    /// <exception cref="AtlasCloudException">DownloadIncomplete: the metadata could not be written.</exception>
    public async Task<bool> SaveMissingMetadataAsync(SavePlan plan, CancellationToken cancellationToken = default)
    {
        SavedFile[] missing = _options.WriteMetadata ? [.. plan.SavedFiles.Where(f => !File.Exists(f.Path + ".json"))] : [];
        if (missing.Length > 0 && plan.Prediction.Request is null)
        {
            return false;
        }

        foreach (SavedFile file in missing)
        {
            Output output = plan.Prediction.Outputs.FirstOrDefault(o => o.Index == (file.Output ?? 1)) ?? new Output { Value = file.Path, Index = file.Output ?? 1 };
            SaveTarget sidecar = new(_options.Folder, Path.GetFileName(file.Path), Overwrite: false);
            await OutputResource.WriteTextAsync(OutputMetadata.Create(plan.Prediction, output, file, _outputs.Key), ".json", sidecar, cancellationToken).ConfigureAwait(false);
        }

        return true;
    }

    private async Task<Prediction> ReadFinishedAsync(Prediction prediction, CancellationToken cancellationToken)
    {
        // The outputs of a reused prediction can be files, which are neither all outputs nor a fresh copy.
        bool needsLinks = (_options.Overwrite || _options.IncludeAll) && prediction.Outputs.Any(o => o.LocalPath is not null);
        Prediction current = prediction.IsFinished && (prediction.State != PredictionState.Succeeded || prediction.HasResult) && !needsLinks
            ? prediction
            : (await _predictions.GetAsync(prediction.Id, cancellationToken).ConfigureAwait(false)).MergeWith(prediction);
        return !current.IsFinished ? throw OutputErrors.NotFinished(current)
            : PredictionErrors.Find(current) is AtlasCloudException failure ? throw failure
            : current;
    }

    // Called with the lock held. Equal names within this saver get numbers. A file that existed before is not renamed: it is an error unless Overwrite is set.
    private string ReserveName(string name)
    {
        string unique = name;
        for (int number = 2; !_reserved.Add(unique); number++)
        {
            unique = $"{name}-{number}";
        }

        return unique;
    }

    private async Task WriteMetadataAsync(PlannedFile file, SaveTarget target, SavedFile saved, CancellationToken cancellationToken)
    {
        SaveTarget sidecar = target with { Name = target.Name + Path.GetExtension(saved.Path), Progress = null };
        Prediction priced = await _predictions.RefreshPriceAsync(file.Prediction, cancellationToken).ConfigureAwait(false);
        await OutputResource.WriteTextAsync(OutputMetadata.Create(priced, file.Output, saved, _outputs.Key), ".json", sidecar, cancellationToken).ConfigureAwait(false);
    }
}
