using System.Diagnostics;
using System.Globalization;
using AtlasCloud.Journal;

namespace AtlasCloud.Bench.Measurements;

/// <summary>The journal: appends by concurrent writers, each of which waits until its line is on disk, a list of many entries, and the index that finds reusable ones.</summary>
internal static class JournalSpeed
{
    private const string Writers = "50 writers";
    private const string All = "all entries";
    private const string ByDigest = "index of digests";
    private const int WriterCount = 50;

    internal static Comparison Append(BenchContext context) => new(
        "append",
        [new(Writers, () => context.InFolderAsync(f => AppendAsync(Path.Join(f, "journal.jsonl"), context.Sizes.JournalAppends)))],
        [new("Journal: an entry flushed to disk, 50 writers", "≤ 1 ms on average", 1, "0.000 ms", m => m.Time(Writers) / context.Sizes.JournalAppends)]);

    internal static Comparison List(BenchContext context)
    {
        string path = Path.Join(context.Scratch, "journal", "journal.jsonl");
        return new(
            "list",
            [new(All, () => ListAsync(context, path))],
            [new("Journal: 100,000 entries listed", "≤ 300 ms", 300, "0 ms", m => m.Time(All))]);
    }

    internal static Comparison Reuse(BenchContext context)
    {
        string path = Path.Join(context.Scratch, "journal", "journal.jsonl");
        return new(
            "reuse",
            [new(ByDigest, () => FindAsync(context, path))],
            [new("Journal: `-Reuse` index of 100,000 entries", "≤ 300 ms", 300, "0 ms", m => m.Time(ByDigest))]);
    }

    private static async Task<Sample> AppendAsync(string path, int count)
    {
        JournalFile journal = JournalFile.Open(path, TimeProvider.System)!;
        await using (journal.ConfigureAwait(false))
        {
            int left = count;
            long start = Stopwatch.GetTimestamp();
            await Task.WhenAll(Enumerable.Range(0, WriterCount).Select(_ => Task.Run(async () =>
            {
                for (int number; (number = Interlocked.Decrement(ref left)) >= 0;)
                {
                    await journal.AppendIntentAsync(CreateIntent(number), onNotSent: null, CancellationToken.None).ConfigureAwait(false);
                }
            }))).ConfigureAwait(false);
            return new Sample { Milliseconds = Stopwatch.GetElapsedTime(start).TotalMilliseconds, Value = journal.Flushes };
        }
    }

    // A client of its own for each round: what is measured is the first list in a process, except for compilation.
    private static async Task<Sample> ListAsync(BenchContext context, string path)
    {
        if (!File.Exists(path))
        {
            await FillAsync(path, context).ConfigureAwait(false);
            await ReadAsync(context, path).ConfigureAwait(false);
        }

        long start = Stopwatch.GetTimestamp();
        int count = await ReadAsync(context, path).ConfigureAwait(false);
        TimeSpan elapsed = Stopwatch.GetElapsedTime(start);
        return count == context.Sizes.JournalEntries
            ? new Sample { Milliseconds = elapsed.TotalMilliseconds }
            : throw new InvalidOperationException($"{count} of {context.Sizes.JournalEntries} entries were listed.");
    }

    // A new index for each round, from opening the journal to the entry of a digest, as a run that reuses results does once.
    private static async Task<Sample> FindAsync(BenchContext context, string path)
    {
        if (!File.Exists(path))
        {
            await FillAsync(path, context).ConfigureAwait(false);
        }

        JournalFile journal = JournalFile.Open(path, TimeProvider.System)!;
        await using (journal.ConfigureAwait(false))
        {
            string digest = CreateIntent(context.Sizes.JournalEntries / 2).Digest;
            JournalDigestIndex.Position position = default;
            long start = Stopwatch.GetTimestamp();
            int count = journal.CreateDigestIndex().FindAfter(digest, ref position).Count;
            TimeSpan elapsed = Stopwatch.GetElapsedTime(start);
            return count == 1
                ? new Sample { Milliseconds = elapsed.TotalMilliseconds }
                : throw new InvalidOperationException($"{count} entries have the digest.");
        }
    }

    private static async Task<int> ReadAsync(BenchContext context, string path)
    {
        using AtlasCloudClient client = new(new AtlasCloudOptions { BaseUri = new Uri(context.Address), ApiKey = "apikey-bench-0123456789abcdef", JournalPath = path });
        return (await client.Journal.ListAsync().ConfigureAwait(false)).Count;
    }

    // Open entries, which compaction keeps.
    private static async Task FillAsync(string path, BenchContext context)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        JournalFile journal = JournalFile.Open(path, TimeProvider.System)!;
        await using (journal.ConfigureAwait(false))
        {
            await Parallel.ForEachAsync(Enumerable.Range(0, context.Sizes.JournalEntries), new ParallelOptions { MaxDegreeOfParallelism = 2000 }, async (number, token) =>
            {
                JournalEntry entry = await journal.AppendIntentAsync(CreateIntent(number) with { BaseUri = new Uri(context.Address) }, onNotSent: null, token).ConfigureAwait(false);
                await journal.AppendIdAsync(entry.JournalId, new JournalUpdate(number.ToString("x32", CultureInfo.InvariantCulture))).ConfigureAwait(false);
            }).ConfigureAwait(false);
        }
    }

    private static JournalIntent CreateIntent(int number) =>
        new("bench/picture", number.ToString("x64", CultureInfo.InvariantCulture)) { Kind = ModelKind.Image, Label = "row", BaseUri = new Uri("http://127.0.0.1/") };
}
