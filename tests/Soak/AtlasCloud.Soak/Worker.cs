namespace AtlasCloud.Soak;

/// <summary>
/// Works like a user's script: collects what earlier runs left open, submits the jobs that have no journal entry yet, waits and saves. It can
/// be killed at any time; the next worker resumes from the journal.
/// </summary>
internal sealed class Worker
{
    private const int MaximumConcurrency = 16;

    private readonly WorkerSettings _settings;
    private readonly AtlasCloudClient _client;

    internal Worker(WorkerSettings settings, AtlasCloudClient client) => (_settings, _client) = (settings, client);

    /// <summary>Processes the remaining jobs. A documented error skips the job until the next run; any other error ends the worker.</summary>
    internal async Task RunAsync(CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(_settings.Results);
        OutputSaver saver = _client.Outputs.CreateSaver(new SaveOptions { Folder = _settings.Results, NameTemplate = "{label}-{index}" });
        IReadOnlyList<JournalEntry> entries = await _client.Journal.ListAsync(cancellationToken).ConfigureAwait(false);
        HashSet<string> known = [.. entries.Where(e => e.State != JournalState.Refused).Select(e => e.Label).OfType<string>()];
        PredictionWatcher watcher = _client.Predictions.CreateWatcher(new WatchOptions { Timeout = _client.Options.PollTimeout });
        Task watching = watcher.RunAsync(cancellationToken);
        Task saving = SaveAllAsync(watcher, saver, cancellationToken);
        await foreach (PendingTask pending in _client.Journal.ListPendingAsync(cancellationToken: cancellationToken).ConfigureAwait(false))
        {
            if (pending.Prediction is Prediction prediction)
            {
                watcher.Add(prediction);
            }
        }

        if (!_settings.IsCollectOnly)
        {
            ParallelOptions options = new() { MaxDegreeOfParallelism = MaximumConcurrency, CancellationToken = cancellationToken };
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
            // Refused, or the outcome is unknown: the journal records which, and the next run handles it.
        }
    }

    private static Task SaveAllAsync(PredictionWatcher watcher, OutputSaver saver, CancellationToken cancellationToken) => Parallel.ForEachAsync(
        watcher.Finished.ReadAllAsync(cancellationToken),
        new ParallelOptions { MaxDegreeOfParallelism = MaximumConcurrency, CancellationToken = cancellationToken },
        async (result, stop) =>
        {
            if (result.Failure is null)
            {
                await SaveAsync(result.Prediction, saver, stop).ConfigureAwait(false);
            }
        });

    private static async Task SaveAsync(Prediction prediction, OutputSaver saver, CancellationToken cancellationToken)
    {
        SavePlan plan = await saver.PlanAsync(prediction, cancellationToken).ConfigureAwait(false);
        foreach (PlannedFile file in plan.Files)
        {
            try
            {
                await saver.SaveAsync(file, cancellationToken: cancellationToken).ConfigureAwait(false);
            }
            catch (AtlasCloudException)
            {
                // Not saved, so the entry stays open in the journal.
            }
        }
    }
}
