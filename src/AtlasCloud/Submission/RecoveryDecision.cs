using AtlasCloud.Predictions;

namespace AtlasCloud.Submission;

/// <summary>
/// Decides what one search of the history proves about open requests. Missing evidence proves nothing: a request counts as not accepted only if the history
/// provably shows everything from its time, and shows no task that can be its result. docs/Recovery.md lists what counts as proof.
/// </summary>
internal sealed class RecoveryDecision
{
    /// <summary>The age from which a missing task can be a proof. The history can lag behind.</summary>
    internal static readonly TimeSpan NotAcceptedAfter = TimeSpan.FromHours(24);

    // A task of another request proves that the history shows the time of this one if they were sent this close together.
    private static readonly TimeSpan s_witnessDistance = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan s_witnessDelay = TimeSpan.FromMinutes(2);

    private readonly HistoryReading _reading;
    private readonly KnownRequests _known;
    private readonly DateTimeOffset _now;
    private readonly ILookup<string, HistoryTask> _unowned;

    /// <summary>Prepares a decision.</summary>
    /// <param name="reading">What the search showed.</param>
    /// <param name="known">All requests that are known, open ones and those with an ID.</param>
    /// <param name="now">The time of this machine.</param>
    internal RecoveryDecision(HistoryReading reading, KnownRequests known, DateTimeOffset now)
    {
        (_reading, _known, _now) = (reading, known, now);
        _unowned = reading.Tasks.Where(t => t.Id.Length == 0 || !known.Tasks.ContainsKey(t.Id)).ToLookup(t => t.Digest, StringComparer.Ordinal);
    }

    /// <summary>Decides about one open request.</summary>
    internal RecoveryVerdict Decide(OpenRequest request)
    {
        if (TaskTimeWindow.Of(request, _reading.ClockOffset) is not TaskTimeWindow window)
        {
            return RecoveryVerdict.Open($"The clock of this machine was wrong, so the time of the request is unknown.{ListSameContent(request)}");
        }

        if (_reading.FindGap(window.From) is string gap)
        {
            return RecoveryVerdict.Open($"{gap}{ListSameContent(request)}");
        }

        HistoryTask[] same = FindSameContent(request);
        Dictionary<OpenRequest, TaskTimeWindow?> rivals = _known.Open.Where(r => r.Key != request.Key && r.Digest == request.Digest).Append(request)
            .ToDictionary(r => r, r => TaskTimeWindow.Of(r, _reading.ClockOffset));
        if (request.Digest is not null && TaskPairing.Find(request, rivals, same) is HistoryTask task)
        {
            return RecoveryVerdict.Adopted(task.Task);
        }

        return same.Length > 0 ? RecoveryVerdict.Open(ListSameContent(request).TrimStart())
            : FindDoubt(request, window) is string doubt ? RecoveryVerdict.Open(doubt)
            : RecoveryVerdict.NotAccepted("The history shows other requests of its time, and no task that can be its result.");
    }

    // Why the absence of the task proves nothing; null if it proves that there is none.
    private string? FindDoubt(OpenRequest request, TaskTimeWindow window)
    {
        if (!_reading.IsDocumented || _reading.Tasks.Any(t => !t.IsIdentified && t.IsOf(request.Model)))
        {
            return "The history contains entries that cannot be read.";
        }

        if (_unowned[""].Any(t => t.IsOf(request.Model)))
        {
            return "The history contains tasks that are not in the journal and whose request cannot be read.";
        }

        if (_unowned.SelectMany(t => t).Any(t => t.IsOf(request.Model) && window.Contains(t.CreatedAt)))
        {
            return "The history contains tasks from that time that are not in the journal, but none has the same request digest.";
        }

        if (!IsOlderThan(NotAcceptedAfter, request, window))
        {
            return "The history contains no such task yet, but it can lag behind.";
        }

        if (request.IsOwnAccount != true)
        {
            return "The history contains no such task, but the journal does not record which API key sent the request.";
        }

        return FindMissingTask(request) is string missing ? $"The history contains no such task, but it also lacks task {missing}, which was submitted at that time."
            : _reading.ReachesBackTo(window.From) && _reading.Tasks.Any(t => IsWitness(t, request)) ? null
            : "The history contains no such task, but also no other task of this journal from that time, so it does not prove that there is none.";
    }

    // By both clocks: this machine's can be wrong, and so can a Date header.
    private bool IsOlderThan(TimeSpan age, OpenRequest request, TaskTimeWindow window) =>
        _now - request.SentAt > age && _reading.ServiceTime - (window.From + TaskTimeWindow.ClockSkew) > age;

    // The history shows a request that was sent at nearly the same time, at its right time. So it shows that time, and the clock was right.
    private bool IsWitness(HistoryTask task, OpenRequest request) =>
        _known.Tasks.TryGetValue(task.Id, out KnownTask? known) && known.SentAt is DateTimeOffset sent
        && (request.Model is null || known.Model == request.Model)
        && (sent - SentAt(request))?.Duration() <= s_witnessDistance
        && task.CreatedAt is DateTimeOffset created && created >= sent - TaskTimeWindow.ClockSkew && created <= sent + s_witnessDelay;

    // A task that exists and is not shown, though it should be next to this one, proves that the history is incomplete.
    private string? FindMissingTask(OpenRequest request)
    {
        HashSet<string> shown = _reading.Tasks.Select(t => t.Id).ToHashSet(StringComparer.Ordinal);
        DateTimeOffset? requested = SentAt(request);
        return _known.Tasks.FirstOrDefault(k => k.Value is { IsOwnAccount: true, SentAt: DateTimeOffset sent }
            && (request.Model is null || k.Value.Model == request.Model)
            && sent >= requested - s_witnessDistance && sent <= requested + NotAcceptedAfter && !shown.Contains(k.Key)).Key;
    }

    private static DateTimeOffset? SentAt(OpenRequest request) => TaskTimeWindow.Add(request.SentAt, request.ClockOffset ?? TimeSpan.Zero);

    private HistoryTask[] FindSameContent(OpenRequest request) => request.Digest is string digest ? [.. _unowned[digest]] : [];

    private string ListSameContent(OpenRequest request)
    {
        HistoryTask[] same = FindSameContent(request);
        string ids = string.Join(", ", same.Where(t => t.Id.Length > 0).Take(5).Select(t => t.Id));
        return same.Length == 0 ? "" : $" The history contains {same.Length} task(s) with the same request that are not in the journal{(ids.Length > 0 ? $" ({ids})" : "")}, but not certainly of this one.";
    }
}
