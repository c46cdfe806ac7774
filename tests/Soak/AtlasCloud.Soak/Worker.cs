using AtlasCloud.Outputs;

namespace AtlasCloud.Soak;

/// <summary>
/// What a user's script does: collects what earlier runs left open, submits what has no entry in the journal yet, waits and saves. It may be
/// killed at any moment, and the next one goes on with what is in the journal.
/// </summary>
internal sealed class Worker
{
    private const int Together = 16;

    private readonly WorkerSettings _settings;
    private readonly AtlasCloudClient _client;

    internal Worker(WorkerSettings settings, AtlasCloudClient client) => (_settings, _client) = (settings, client);

    /// <summary>Does what is left to do. Errors that the core documents end one job for now; any other ends the worker.</summary>
    internal async Task RunAsync(CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(_settings.Results);
        StalePartialFiles.Delete(_settings.Results);
        IReadOnlyList<JournalEntry> entries = await _client.Journal.ListAsync(cancellationToken).ConfigureAwait(false);
        HashSet<string> known = [.. entries.Where(e => e.State != JournalState.Refused).Select(e => e.Label).OfType<string>()];
        PredictionWatcher watcher = _client.Predictions.Watch(new WatchOptions { Timeout = _client.Options.PollTimeout });
        Task watching = watcher.RunAsync(cancellationToken);
        Task saving = SaveAllAsync(watcher, cancellationToken);
        await foreach (PendingTask pending in _client.Journal.PendingAsync(cancellationToken: cancellationToken).ConfigureAwait(false))
        {
            if (pending.Prediction is Prediction prediction)
            {
                watcher.Add(prediction);
            }
        }

        if (!_settings.CollectsOnly)
        {
            ParallelOptions options = new() { MaxDegreeOfParallelism = Together, CancellationToken = cancellationToken };
            IEnumerable<Job> jobs = Enumerable.Range(1, _settings.Jobs).Select(n => new Job(n)).Where(j => !known.Contains(j.Label));
            await Parallel.ForEachAsync(jobs, options, async (job, stop) => await SubmitAsync(job, watcher, stop).ConfigureAwait(false)).ConfigureAwait(false);
        }

        watcher.Complete();
        await watching.ConfigureAwait(false);
        await saving.ConfigureAwait(false);
    }

    private async Task SubmitAsync(Job job, PredictionWatcher watcher, CancellationToken cancellationToken)
    {
        try
        {
            watcher.Add(await _client.Predictions.CreateAsync(job.ToRequest(_settings.Picture), job.Kind, cancellationToken).ConfigureAwait(false));
        }
        catch (AtlasCloudException)
        {
            // Refused, or nobody knows: the journal says which, and the next run acts on that.
        }
    }

    private Task SaveAllAsync(PredictionWatcher watcher, CancellationToken cancellationToken) => Parallel.ForEachAsync(
        watcher.Finished.ReadAllAsync(cancellationToken),
        new ParallelOptions { MaxDegreeOfParallelism = Together, CancellationToken = cancellationToken },
        async (result, stop) =>
        {
            if (result.Problem is null && result.Prediction.State == PredictionState.Succeeded)
            {
                await SaveAsync(result.Prediction, stop).ConfigureAwait(false);
            }
        });

    private async Task SaveAsync(Prediction prediction, CancellationToken cancellationToken)
    {
        // As Save-AtlasOutput does it.
        if (await _client.Records.FindSavedFilesAsync(prediction, _settings.Results).ConfigureAwait(false) is { Count: > 0 })
        {
            return;
        }

        IReadOnlyList<Output> outputs = OutputSelection.Of(prediction, all: false);
        SaveProgress progress = new(_client.Records, prediction, outputs.Count);
        await progress.BeginAsync().ConfigureAwait(false);
        foreach (Output output in outputs)
        {
            try
            {
                // What a worker saved that was killed before it could write that down may lie there already.
                SaveTarget target = new(_settings.Results, $"{prediction.Label}-{output.Index}", Overwrite: false) { AcceptsSame = prediction.IsResumed };
                await progress.SavedAsync(await _client.Outputs.SaveAsync(output, target, cancellationToken).ConfigureAwait(false)).ConfigureAwait(false);
            }
            catch (AtlasCloudException)
            {
                // Not saved, and so still open in the journal.
                await _client.Records.RecordExpiredAsync(prediction).ConfigureAwait(false);
            }
        }
    }
}
