namespace AtlasCloud.Bench.Measurements;

/// <summary>All comparisons, in the order of the table.</summary>
internal static class AllComparisons
{
    internal static IEnumerable<Comparison> Create(BenchContext context)
    {
        Comparison[] all =
        [
            Startup.Import(context),
            Startup.OneShot(context),
            Startup.FirstTab(context),
            Startup.FirstCalls(context),
            Transfers.Upload(context),
            Transfers.Download(context),
            Transfers.DownloadMany(context),
            ChatStream.Create(context),
            Pictures.Create(context),
            Polls.Create(),
            JournalSpeed.Append(context),
            JournalSpeed.List(context),
            JournalSpeed.Reuse(context),
            Waiting.Create(context),
            Stopping.Create(context),
        ];
        return all.Where(c => context.Settings.Only.Count == 0 || context.Settings.Only.Contains(c.Id));
    }
}
