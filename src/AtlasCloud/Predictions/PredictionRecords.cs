using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using AtlasCloud.Journal;
using AtlasCloud.Requests;
using AtlasCloud.Submission;

namespace AtlasCloud.Predictions;

/// <summary>
/// What this client knows of the requests that it sent: in the journal, where there is one, and in memory for as long as it lives.
/// Nothing here throws, whatever is wrong with the journal.
/// </summary>
internal sealed class PredictionRecords(JournalFile? journal, AtlasCloudOptions options, TimeProvider clock)
{
    private const long QuicklyRead = 16 * 1024 * 1024;

    // For how long entries that were read to look up ids are good.
    private static readonly TimeSpan s_lookupAge = TimeSpan.FromMinutes(1);

    // The longest life of outputs that can be asked for, and a day.
    private static readonly TimeSpan s_keptAtMost = TimeSpan.FromDays(15);

    private readonly ConcurrentDictionary<SubmitRecord, byte> _underWay = [];
    private readonly ConcurrentDictionary<string, string> _entries = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, (PredictionState State, decimal? Price)> _written = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, byte> _own = new(StringComparer.Ordinal);
    private readonly object _lock = new();
    private (long Read, IReadOnlyDictionary<string, JournalEntry> ById)? _lookup;

    /// <summary>The journal; null where none is kept.</summary>
    internal JournalFile? Journal => journal;

    /// <summary>Whether entries of the journal are about the service that this client talks to.</summary>
    internal bool IsOurs(JournalEntry entry) => entry.Origin == options.BaseUri.GetLeftPart(UriPartial.Authority);

    /// <summary>What the journal has open for this service, the latest first; nothing where it is too large to be read between two key presses.</summary>
    internal IEnumerable<Prediction> Open()
    {
        if (journal is null || !(new FileInfo(journal.Path) is { Exists: true, Length: < QuicklyRead }))
        {
            return [];
        }

        return journal.ReadPending().Entries.Where(IsOurs).Reverse().Select(e => e.ToPrediction()).OfType<Prediction>();
    }

    /// <summary>Takes down that a request is about to be sent.</summary>
    /// <exception cref="OperationCanceledException">It will not be sent.</exception>
    internal async Task<SubmitRecord> RecordIntentAsync(
        ModelKind makes, JsonObject body, GenerationRequest request, Quote? quote, CancellationToken cancellationToken)
    {
        string model = body["model"]!.GetValue<string>();
        string digest = RequestDigest.Of(body);
        JournalEntry? entry = journal is null ? null : await journal.AppendIntentAsync(
            new JournalIntent(model, digest)
            {
                Kind = makes,
                Label = request.Label,
                BaseUri = options.BaseUri,
                Prompt = options.KeepsPrompts ? request.Prompt : null,
                Quote = quote,
            },
            cancellationToken).ConfigureAwait(false);
        SubmitRecord record = new(model, digest, entry);
        _underWay[record] = 0;
        return record;
    }

    /// <summary>The service took it.</summary>
    internal async Task<Prediction> RecordAcceptedAsync(SubmitRecord record, Prediction prediction)
    {
        _underWay.TryRemove(record, out _);
        if (prediction.Id.Length > 0)
        {
            _own[prediction.Id] = 0;
        }

        if (record.JournalId is not string id)
        {
            return prediction;
        }

        Prediction known = prediction with { JournalId = id };
        if (prediction.Id.Length == 0)
        {
            await journal!.AppendClosedAsync(id, "The result came with the answer, which names no id.").ConfigureAwait(false);
            return known;
        }

        _entries[prediction.Id] = id;
        await journal!.AppendIdAsync(id, known).ConfigureAwait(false);
        if (known.IsFinished)
        {
            await RecordStatusAsync(known).ConfigureAwait(false);
        }

        return known;
    }

    /// <summary>It was refused, or not sent.</summary>
    internal Task RecordRefusedAsync(SubmitRecord record, string why)
    {
        _underWay.TryRemove(record, out _);
        return record.JournalId is string id ? journal!.AppendRefusedAsync(id, why) : Task.CompletedTask;
    }

    /// <summary>Nobody knows what became of it.</summary>
    internal Task RecordUnknownAsync(SubmitRecord record, DateTimeOffset sent, string why) =>
        record.JournalId is string id ? journal!.AppendUnknownAsync(id, sent, why) : Task.CompletedTask;

    /// <summary>Nobody looks for it any longer, for now.</summary>
    internal void Forget(SubmitRecord record) => _underWay.TryRemove(record, out _);

    /// <summary>Whether the id of a task came to this client.</summary>
    internal bool IsOwn(Prediction task) => _own.ContainsKey(task.Id);

    /// <summary>Whether this client is about to find out about an entry by itself.</summary>
    internal bool IsInFlight(JournalEntry entry) => _underWay.Keys.Any(r => r.JournalId == entry.JournalId);

    /// <summary>
    /// Whether a task may belong to another request than the one it is looked for: its id came here, or to any process that writes this
    /// journal; or another request of the same content is without an answer, so that the task could be either's.
    /// </summary>
    internal async Task<bool> IsClaimedAsync(Prediction task, string digest, SubmitRecord? record, string? journalId)
    {
        if (_own.ContainsKey(task.Id) || _underWay.Keys.Any(r => r != record && r.Digest == digest))
        {
            return true;
        }

        JournalContent content = journal is null ? JournalContent.Empty : await Task.Run(journal.ReadEntries).ConfigureAwait(false);
        return content.Entries.Any(e => e.JournalId != journalId && (e.PredictionId == task.Id || IsRival(e, digest, task)));
    }

    /// <summary>The ids whose requests are known, here or to any process that writes this journal.</summary>
    internal async Task<HashSet<string>> KnownIdsAsync()
    {
        HashSet<string> known = new(_own.Keys, StringComparer.Ordinal);
        JournalContent content = journal is null ? JournalContent.Empty : await Task.Run(journal.ReadEntries).ConfigureAwait(false);
        known.UnionWith(content.Entries.Select(e => e.PredictionId).OfType<string>());
        return known;
    }

    /// <summary>An entry found its prediction.</summary>
    internal async Task RecordRecoveredAsync(JournalEntry entry, Prediction prediction)
    {
        _own[prediction.Id] = 0;
        _entries[prediction.Id] = entry.JournalId;
        await journal!.AppendIdAsync(entry.JournalId, prediction).ConfigureAwait(false);
    }

    /// <summary>An entry will never find one.</summary>
    internal Task RecordClosedAsync(JournalEntry entry, string why) => journal!.AppendRefusedAsync(entry.JournalId, why);

    /// <summary>A prediction was seen. Once it has ended, the journal hears of it, and again when its price is known.</summary>
    internal async Task RecordStatusAsync(Prediction prediction)
    {
        if (journal is null || !prediction.IsFinished || await EntryOfAsync(prediction).ConfigureAwait(false) is not string id)
        {
            return;
        }

        (PredictionState, decimal?) news = (prediction.State, prediction.Price);
        if (!_written.TryGetValue(id, out var before) || before != news)
        {
            _written[id] = news;
            await journal.AppendStatusAsync(id, prediction).ConfigureAwait(false);
        }
    }

    /// <summary>The service does not know a prediction any longer. That closes the entry of an old one; a young one may turn up yet.</summary>
    internal async Task RecordMissingAsync(Prediction prediction)
    {
        if (prediction.SubmittedAt is DateTimeOffset submitted && clock.GetUtcNow() - submitted > TimeSpan.FromDays(1)
            && await EntryOfAsync(prediction).ConfigureAwait(false) is string id)
        {
            await journal!.AppendClosedAsync(id, "The service does not know it any longer.").ConfigureAwait(false);
        }
    }

    /// <summary>Files are on disk; <paramref name="isComplete"/> says whether that is all there is to save.</summary>
    internal async Task RecordSavedAsync(Prediction prediction, IEnumerable<SavedFile> files, bool isComplete)
    {
        if (await EntryOfAsync(prediction).ConfigureAwait(false) is string id)
        {
            await journal!.AppendSavedAsync(id, files, isComplete).ConfigureAwait(false);
        }
    }

    /// <summary>A result could not be had. For an old one that is for good: results are kept for two weeks at most.</summary>
    internal async Task RecordExpiredAsync(Prediction prediction)
    {
        if (prediction.SubmittedAt is DateTimeOffset submitted && clock.GetUtcNow() - submitted > s_keptAtMost
            && await EntryOfAsync(prediction).ConfigureAwait(false) is string id)
        {
            await journal!.AppendClosedAsync(id, "Its results are no longer kept.").ConfigureAwait(false);
        }
    }

    /// <summary>The files that are all of what a prediction made, and are there still as they were saved; empty otherwise.</summary>
    internal async Task<IReadOnlyList<SavedFile>> FindSavedFilesAsync(Prediction prediction, string folder)
    {
        if (journal is null || (_own.ContainsKey(prediction.Id) && !prediction.IsResumed)
            || !(await LookupAsync().ConfigureAwait(false)).TryGetValue(prediction.Id, out JournalEntry? entry) || entry.State != JournalState.Saved)
        {
            return [];
        }

        string wanted = Path.GetFullPath(folder);
        return entry.Files.All(f => Path.GetDirectoryName(f.Path) == wanted && new FileInfo(f.Path) is { Exists: true } file && file.Length == f.Length) ? entry.Files : [];
    }

    private bool IsRival(JournalEntry entry, string digest, Prediction task) =>
        entry.PredictionId is null && entry.IsOpen && entry.Digest == digest && IsOurs(entry)
        && (entry.SentAt ?? entry.CreatedAt) is DateTimeOffset sent && TaskRecovery.Fits(task, sent);

    private async Task<string?> EntryOfAsync(Prediction prediction)
    {
        if (journal is null || prediction.Id.Length == 0)
        {
            return null;
        }

        return prediction.JournalId
            ?? (_entries.TryGetValue(prediction.Id, out string? known) ? known : null)
            ?? ((await LookupAsync().ConfigureAwait(false)).TryGetValue(prediction.Id, out JournalEntry? entry) ? entry.JournalId : null);
    }

    private async Task<IReadOnlyDictionary<string, JournalEntry>> LookupAsync()
    {
        lock (_lock)
        {
            if (_lookup is var (read, known) && clock.GetElapsedTime(read) < s_lookupAge)
            {
                return known;
            }
        }

        JournalContent content = await Task.Run(journal!.ReadEntries).ConfigureAwait(false);
        Dictionary<string, JournalEntry> byId = new(StringComparer.Ordinal);
        foreach (JournalEntry entry in content.Entries.Where(e => e.PredictionId is not null && IsOurs(e)))
        {
            byId[entry.PredictionId!] = entry;
        }

        lock (_lock)
        {
            _lookup = (clock.GetTimestamp(), byId);
        }

        return byId;
    }
}
