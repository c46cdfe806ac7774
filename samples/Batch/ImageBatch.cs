namespace AtlasCloud.Samples;

/// <summary>
/// Submits, watches and saves concurrently. The journal decides what remains to be done: each request is recorded in it before it is sent, with its ID,
/// and when its file is saved.
/// </summary>
internal sealed class ImageBatch(AtlasCloudClient client, string model, string folder)
{
    private int _savedCount;
    private int _failedCount;

    /// <summary>Runs the batch, or what an interrupted run left of it.</summary>
    /// <returns>True if all images are on disk.</returns>
    internal async Task<bool> RunAsync(IReadOnlyList<Prompt> prompts, CancellationToken stop, CancellationToken hardStop)
    {
        PredictionWatcher watcher = client.Predictions.CreateWatcher();
        OutputSaver saver = client.Outputs.CreateSaver(new SaveOptions { Folder = folder, NameTemplate = "{label}" });

        // 1. Resume: what is paid for is collected, not submitted again.
        HashSet<string> known = [.. prompts.Select(p => p.Label)];
        int resumed = await ResumeAsync(known, watcher, stop);
        HashSet<string> paid = await FindPaidAsync(stop);
        Prompt[] remaining = [.. prompts.Where(p => !paid.Contains(p.Label))];
        Console.WriteLine($"{prompts.Count} prompts: {known.Count(paid.Contains)} submitted earlier, {resumed} of them to collect, {remaining.Length} to submit");

        // 2. Price. Asking is free. The budget of the client also limits each submit.
        await PrintPriceAsync(remaining, stop);

        // 3. Submit concurrently. Meanwhile, watch all predictions and save each when it has finished.
        await Task.WhenAll(
            SubmitAsync(remaining, watcher, stop, hardStop),
            Parallel.ForEachAsync(watcher.ReadAllAsync(stop), stop, async (result, token) => await SaveAsync(result, saver, token)));

        int saved = (await client.Journal.ListAsync(stop)).Count(e => e.State == JournalState.Saved && known.Contains(e.Label ?? ""));
        Console.WriteLine($"Saved now: {_savedCount}, failed: {_failedCount}, saved in all: {saved} of {prompts.Count}, spent now: {client.Budget.Spent:0.####} USD");
        Console.WriteLine($"Files: {saver.Folder}");
        return saved == prompts.Count;
    }

    /// <summary>Watches what earlier runs submitted and did not save. Requests whose answer was lost are looked up in the account's history.</summary>
    private async Task<int> ResumeAsync(HashSet<string> labels, PredictionWatcher watcher, CancellationToken stop)
    {
        await foreach (PendingTask task in client.Journal.ListPendingAsync(entry => labels.Contains(entry.Label ?? ""), stop))
        {
            if (task.Prediction is Prediction prediction)
            {
                watcher.Add(prediction);
            }
            else
            {
                Console.Error.WriteLine($"{task.Entry.Label}: {task.Failure!.Message}");
            }
        }

        return watcher.AddedCount;
    }

    /// <summary>The labels of all requests that cost money or may do so. Refused and failed ones are free and can be submitted again.</summary>
    private async Task<HashSet<string>> FindPaidAsync(CancellationToken stop) =>
        [.. (await client.Journal.ListAsync(stop)).Where(e => e.IsOpen || e.State == JournalState.Saved).Select(e => e.Label ?? "")];

    private async Task PrintPriceAsync(Prompt[] prompts, CancellationToken stop)
    {
        if (prompts.Length > 0)
        {
            Quote quote = await client.Predictions.QuoteAsync(CreateRequest(prompts[0]), cancellationToken: stop);
            Console.WriteLine($"Price: {prompts.Length} x {quote}, {prompts.Length * quote.Price:0.####} {quote.Currency} of a budget of {client.Budget.Limit:0.####} usd");
        }
    }

    private async Task SubmitAsync(Prompt[] prompts, PredictionWatcher watcher, CancellationToken stop, CancellationToken hardStop)
    {
        try
        {
            ParallelOptions options = new() { MaxDegreeOfParallelism = client.Options.ThrottleLimit, CancellationToken = stop };
            await Parallel.ForEachAsync(prompts, options, async (prompt, token) =>
            {
                try
                {
                    watcher.Add(await client.Predictions.CreateGracefullyAsync(CreateRequest(prompt), kind: null, hardStop, token));
                }
                catch (AtlasCloudException exception)
                {
                    Fail(prompt.Label, exception);
                }
            });
        }
        finally
        {
            watcher.Complete();
        }
    }

    private async Task SaveAsync(WatchResult result, OutputSaver saver, CancellationToken stop)
    {
        string label = result.Prediction.Label ?? result.Prediction.Id;
        try
        {
            SavePlan plan = result.Failure is null ? await saver.PlanAsync(result.Prediction, stop) : throw result.Failure;
            foreach (PlannedFile file in plan.Files)
            {
                Console.WriteLine($"{Interlocked.Increment(ref _savedCount),4}  {await saver.SaveAsync(file, cancellationToken: stop)}");
            }
        }
        catch (AtlasCloudException exception)
        {
            Fail(label, exception);
        }
    }

    private GenerationRequest CreateRequest(Prompt prompt) => new() { Model = model, Prompt = prompt.Text, Seed = prompt.Seed, Label = prompt.Label };

    private void Fail(string label, AtlasCloudException exception)
    {
        Interlocked.Increment(ref _failedCount);
        Console.Error.WriteLine($"{label}: {exception.Kind}: {exception.Message}");
    }
}
