using AtlasCloud.Http;

namespace AtlasCloud.Predictions;

/// <summary>
/// Reads the history back to a time, as evidence for the outcome of requests. No filter is sent: whether the service honors it as documented is not certain, and
/// a task that a filter hides would be paid again. Limited in pages, time and memory: a service that never ends its
/// history ends the search, not the client.
/// </summary>
internal sealed class HistorySearch(HttpPipeline http, TimeProvider clock)
{
    /// <summary>The maximum number of pages of 50 tasks.</summary>
    internal const int MaxPages = 200;

    /// <summary>The maximum duration.</summary>
    internal static readonly TimeSpan MaxDuration = TimeSpan.FromMinutes(2);

    private const int MaxTasks = 50_000;
    private const long MaxBytes = 512L * 1024 * 1024;

    // Pages shift while they are read, and the times of tasks can be slightly out of order: a few old tasks among the new ones do not end the search.
    private const int MaxOldTasks = 50;
    private static readonly TimeSpan s_orderTolerance = TimeSpan.FromMinutes(1);

    /// <summary>Searches the history.</summary>
    /// <param name="model">The model of items that name none; null if the requests are to several models.</param>
    /// <param name="since">How far to go back, in the service's time.</param>
    /// <param name="digests">The digests of the requests. Other tasks are kept without their content.</param>
    /// <param name="cancellationToken">Cancels the search.</param>
    /// <exception cref="AtlasCloudException">The history cannot be read.</exception>
    internal async Task<HistoryReading> ReadAsync(string? model, DateTimeOffset since, IReadOnlySet<string> digests, CancellationToken cancellationToken)
    {
        using CancellationTokenSource limit = new(MaxDuration, clock);
        using CancellationTokenSource linked = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        Progress progress = new(since, digests);
        string? problem;
        try
        {
            problem = await ReadAsync(model, progress, linked.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            problem = $"The history could not be read within {MaxDuration.TotalMinutes:0} minutes.";
        }

        return new HistoryReading
        {
            Tasks = progress.Tasks,
            Problem = problem,
            CoveredFrom = progress.CoveredFrom,
            IsDocumented = progress.IsDocumented,
            IsEnd = progress.IsEnd,
            ClockOffset = http.ServiceClock.Offset,

            // The newest task is not newer than the service's time, so that nothing is taken for older than it is.
            ServiceTime = http.ServiceClock.Now ?? progress.Tasks.Max(t => t.CreatedAt),
        };
    }

    private async Task<string?> ReadAsync(string? model, Progress progress, CancellationToken cancellationToken)
    {
        HistoryReader reader = new(http);
        for (int number = 1; number <= MaxPages; number++)
        {
            (HistoryPage page, int bytes) = await reader.ReadPageAsync(new HistoryQuery(), number, cancellationToken, model).ConfigureAwait(false);
            if (progress.Add(page, bytes))
            {
                return null;
            }

            if (progress.IsRepeated)
            {
                return "The history repeats its pages, so it could not be read completely.";
            }

            if (progress.Bytes > MaxBytes || progress.Tasks.Count > MaxTasks)
            {
                break;
            }
        }

        return "The history is too long to be read completely.";
    }

    private sealed class Progress(DateTimeOffset since, IReadOnlySet<string> digests)
    {
        private readonly HashSet<string> _seen = new(StringComparer.Ordinal);
        private readonly List<HistoryTask> _tasks = [];
        private DateTimeOffset? _first;
        private DateTimeOffset? _last;
        private bool _isNewestFirst = true;
        private int _oldTasks;

        internal IReadOnlyList<HistoryTask> Tasks => _tasks;

        internal bool IsDocumented { get; private set; } = true;

        internal bool IsEnd { get; private set; }

        internal bool IsRepeated { get; private set; }

        internal long Bytes { get; private set; }

        /// <summary>The time of the last task, if the tasks are in order.</summary>
        internal DateTimeOffset? CoveredFrom => !IsRepeated && IsNewestFirst ? _last : null;

        private bool IsNewestFirst => _isNewestFirst && _first > _last;

        /// <summary>Adds a page. Returns whether the search is complete.</summary>
        internal bool Add(HistoryPage page, int bytes)
        {
            Bytes += bytes;
            IsDocumented &= page.IsDocumented;
            int added = page.Tasks.Count(Add);
            bool isTotal = page.Total is long total && total == _tasks.Count;
            if (page.Tasks.Count == 0)
            {
                // A service that says there are more tasks than it shows has not shown its end.
                IsEnd = page.IsDocumented && (page.Total is null || isTotal);
                return true;
            }

            IsRepeated = added == 0;
            IsEnd = page.IsDocumented && isTotal && page.Tasks.Count < HistoryReader.PageSize;

            // A page of another form has no documented next page.
            return IsEnd || !page.IsDocumented || (_oldTasks >= MaxOldTasks && IsNewestFirst);
        }

        private bool Add(HistoryTask task)
        {
            if (task.Id.Length > 0 && !_seen.Add(task.Id))
            {
                return false;
            }

            if (task.CreatedAt is DateTimeOffset created)
            {
                _isNewestFirst &= _last is null || created <= _last + s_orderTolerance;
                (_first, _last) = (_first ?? created, created);
                _oldTasks += created < since ? 1 : 0;
            }

            _tasks.Add(digests.Contains(task.Digest) ? task : task with { Task = new Prediction { Id = task.Id, CreatedAt = task.CreatedAt } });
            return true;
        }
    }
}
