using System.Collections.Concurrent;
using AtlasCloud.Http;
using AtlasCloud.Journal;
using AtlasCloud.Text;

namespace AtlasCloud.Predictions;

/// <summary>
/// What this client knows about the requests it sent: in the journal if there is one, and in memory while the client lives. No method throws
/// because of the journal.
/// </summary>
internal sealed partial class PredictionRecords
{
    /// <summary>The longest output lifetime that a request can ask for, plus one day.</summary>
    internal static readonly TimeSpan MaxOutputLifetime = TimeSpan.FromDays(15);

    // Larger journals are not read while a user waits for completion.
    private const long MaxQuickReadBytes = 16 * 1024 * 1024;

    // The ID of a new prediction is not on disk yet while the journal is searched for it.
    private const long MaxClaimReadBytes = 4 * 1024 * 1024;

    private readonly OwnRequests _own = new();
    private readonly ConcurrentDictionary<string, (PredictionState State, decimal? Price)> _recorded = new(StringComparer.Ordinal);
    private readonly JournalFile? _journal;
    private readonly AtlasCloudOptions _options;
    private readonly TimeProvider _clock;
    private readonly ServiceClock _serviceClock;
    private readonly AccountFingerprint _account;
    private readonly JournalLookup? _lookup;
    private readonly string _origin;

    internal PredictionRecords(JournalFile? journal, AtlasCloudOptions options, TimeProvider clock, ServiceClock serviceClock)
    {
        (_journal, _options, _clock, _serviceClock) = (journal, options, clock, serviceClock);
        _account = new AccountFingerprint(options.ApiKey);
        _origin = options.BaseUri.GetLeftPart(UriPartial.Authority);
        _lookup = journal is null ? null : new JournalLookup(journal, IsOurs, clock);
    }

    /// <summary>The journal; null if none is kept.</summary>
    internal JournalFile? Journal => _journal;

    /// <summary>Whether the journal contains prompts and requests.</summary>
    internal bool RecordsPrompts => _journal is not null && _options.RecordPrompts;

    /// <summary>Whether a journal entry belongs to the service that this client talks to.</summary>
    internal bool IsOurs(JournalEntry entry) => entry.Origin == _origin;

    /// <summary>Whether a journal entry was recorded with the key of this client; null if that is unknown.</summary>
    internal bool? IsOwnAccount(JournalEntry entry) => _account.Matches(entry.Account);

    /// <summary>The open predictions in the journal, newest first; empty if the journal is too large to be read quickly.</summary>
    internal IEnumerable<Prediction> FindOpen()
    {
        if (!IsQuickToRead(MaxQuickReadBytes))
        {
            return [];
        }

        return _journal!.ReadPending().Entries.Where(IsOurs).Reverse().Select(e => e.ToPrediction()).OfType<Prediction>();
    }

    /// <summary>Records that a request is about to be sent.</summary>
    /// <param name="intent">The request.</param>
    /// <param name="condition">Must hold at the moment the request is recorded; null if there is none.</param>
    /// <param name="cancellationToken">Cancels the submit.</param>
    /// <exception cref="ReservationLostException">The condition does not hold.</exception>
    /// <exception cref="AtlasCloudException">InvalidParameter: there is a condition, and the journal cannot be written.</exception>
    /// <exception cref="OperationCanceledException">The request will not be sent.</exception>
    internal async Task<SubmitRecord> RecordIntentAsync(JournalIntent intent, JournalCondition? condition, CancellationToken cancellationToken)
    {
        intent = intent with
        {
            BaseUri = _options.BaseUri,
            Prompt = _options.RecordPrompts ? intent.Prompt : null,
            Account = _account.Value,
            ClockOffset = _serviceClock.Offset,
            EntryId = JournalKey.NewId(_clock.GetUtcNow()),
        };
        JournalEntry? entry = _journal is null ? null : await AppendIntentAsync(_journal, intent, condition, cancellationToken).ConfigureAwait(false);
        SubmitRecord record = new(intent.Model, intent.Digest, entry);
        _own.Add(record);
        return record;
    }

    private static async Task<JournalEntry> AppendIntentAsync(JournalFile journal, JournalIntent intent, JournalCondition? condition, CancellationToken cancellationToken)
    {
        string journalId = intent.EntryId!;
        void Remove() => InFlightEntries.Remove(journalId);

        // Before the entry can be read: other commands of this process must not take it for one whose process has ended.
        InFlightEntries.Add(journalId);
        try
        {
            return condition is null
                ? await journal.AppendIntentAsync(intent, Remove, cancellationToken).ConfigureAwait(false)
                : await journal.TryAppendIntentAsync(intent, condition, Remove, cancellationToken).ConfigureAwait(false) ?? throw new ReservationLostException();
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            Remove();
            if (exception is IOException or UnauthorizedAccessException)
            {
                throw PredictionErrors.ReuseNeedsJournal($"The journal {SafeText.Sanitize(journal.Path)} cannot be written", journal.Path, exception);
            }

            throw;
        }
    }

    /// <summary>Reserves the ID of a task for one request.</summary>
    /// <returns>False if another request has it, here or in the journal: then it is not the ID of this one.</returns>
    internal async Task<bool> TryClaimAsync(string predictionId) =>
        _own.TryClaim(predictionId) && (!IsQuickToRead(MaxClaimReadBytes) || await _lookup!.FindAsync(predictionId).ConfigureAwait(false) is null);

    /// <summary>Reserves the ID of a task that the history showed for one request, which is no longer open from then on.</summary>
    /// <returns>False if another request has it by now.</returns>
    internal bool TryAdopt(string predictionId, string? journalId, SubmitRecord? record = null) => _own.TryAdopt(predictionId, journalId, record);

    /// <summary>Records that the service accepted the request.</summary>
    /// <returns>The prediction with its journal entry.</returns>
    internal async Task<Prediction> RecordAcceptedAsync(SubmitRecord record, Prediction prediction)
    {
        if (record.JournalId is not string journalId)
        {
            Forget(record);
            return prediction;
        }

        Prediction known = prediction with { JournalId = journalId };
        if (prediction.Id.Length == 0)
        {
            // The status shows a later run that the request is paid and its result gone.
            await _journal!.AppendStatusAsync(journalId, JournalEvent.Completed, UpdateOf(known)).ConfigureAwait(false);
            await _journal!.AppendClosedAsync(journalId, "The outputs came with the response, which contains no ID.").ConfigureAwait(false);
            Forget(record);
            return known;
        }

        _own.SetJournalId(prediction.Id, journalId);
        await _journal!.AppendIdAsync(journalId, UpdateOf(known)).ConfigureAwait(false);
        Forget(record);
        if (known.IsFinished)
        {
            await RecordStatusAsync(known).ConfigureAwait(false);
        }

        return known;
    }

    /// <summary>Records that the request was refused or never sent.</summary>
    internal async Task RecordRefusedAsync(SubmitRecord record, string reason)
    {
        await (record.JournalId is string journalId ? _journal!.AppendRefusedAsync(journalId, reason) : Task.CompletedTask).ConfigureAwait(false);
        Forget(record);
    }

    /// <summary>Records that the outcome of the request is unknown.</summary>
    internal Task RecordUnknownAsync(SubmitRecord record, DateTimeOffset sentAt, string reason)
    {
        (record.SentAt, record.IsLost, record.ClockOffset) = (sentAt, true, _serviceClock.Offset);
        return record.JournalId is string journalId ? _journal!.AppendUnknownAsync(journalId, sentAt, reason, record.ClockOffset) : Task.CompletedTask;
    }

    /// <summary>Ends the search for the outcome of a request in this client. Its journal entry stays open.</summary>
    internal void Forget(SubmitRecord record) => _own.Remove(record);

    /// <summary>Reads all requests that are known here or to any process that writes this journal.</summary>
    internal async Task<KnownRequests> GetKnownRequestsAsync()
    {
        // Before the journal is read: an answer that arrives meanwhile is in one of both. What was adopted a moment ago may not be in the journal yet.
        (SubmitRecord[] inFlight, string[] ids, HashSet<string> settled) = _own.GetSnapshot();
        OpenRequest[] own = [.. inFlight.Where(r => r.JournalId is null || !settled.Contains(r.JournalId)).Select(r => r.ToOpenRequest(_serviceClock.Offset))];
        JournalContent content = _journal is null ? JournalContent.Empty : await Task.Run(_journal.ReadEntries).ConfigureAwait(false);
        return KnownRequests.Create(own, ids, [.. content.Entries.Where(e => e.PredictionId is not null || !settled.Contains(e.JournalId))], ToOpenRequest, IsOurs, IsOwnAccount);
    }

    /// <summary>The request of an open entry.</summary>
    internal OpenRequest ToOpenRequest(JournalEntry entry) => OpenRequest.Of(entry, IsOwnAccount(entry), InFlightEntries.Contains(entry, _clock.GetUtcNow()));

    /// <summary>Records that the task of an open entry was found in the history.</summary>
    internal Task RecordRecoveredAsync(JournalEntry entry, Prediction prediction) => _journal!.AppendIdAsync(entry.JournalId, UpdateOf(prediction));

    /// <summary>Records the outcome of a prediction once it has finished, and again when its price becomes known.</summary>
    internal async Task RecordStatusAsync(Prediction prediction)
    {
        if (_journal is null || !prediction.IsFinished || await FindJournalIdAsync(prediction).ConfigureAwait(false) is not string journalId)
        {
            return;
        }

        (PredictionState, decimal?) current = (prediction.State, prediction.Price);
        if (!_recorded.TryGetValue(journalId, out var previous) || previous != current)
        {
            _recorded[journalId] = current;
            JournalEvent outcome = prediction.State == PredictionState.Succeeded ? JournalEvent.Completed : JournalEvent.Failed;
            await _journal.AppendStatusAsync(journalId, outcome, UpdateOf(prediction)).ConfigureAwait(false);
        }
    }

    /// <summary>Closes the entry of a prediction that the service does not know, if it is so old that its result cannot be available any more.</summary>
    internal Task RecordMissingAsync(Prediction prediction) => CloseIfExpiredAsync(prediction, "The service does not know the prediction, and its outputs have expired.");

    private bool IsQuickToRead(long maxBytes) => _journal is not null && new FileInfo(_journal.Path) is { Exists: true } file && file.Length < maxBytes;

    private async Task<string?> FindJournalIdAsync(Prediction prediction)
    {
        if (_journal is null || prediction.Id.Length == 0)
        {
            return null;
        }

        return prediction.JournalId
            ?? _own.FindJournalId(prediction.Id)
            ?? (await _lookup!.FindAsync(prediction.Id).ConfigureAwait(false))?.JournalId;
    }

    private JournalUpdate UpdateOf(Prediction prediction) => new(prediction.Id)
    {
        SentAt = prediction.SubmittedAt,
        ClockOffset = prediction.SubmittedAt is null ? null : _serviceClock.Offset,
        Model = prediction.Model,
        Kind = prediction.Kind,
        Status = prediction.Status,
        Reason = prediction.Error,
        Price = prediction.Price,
        Currency = prediction.Currency,
    };
}
