using AtlasCloud.Journal;
using AtlasCloud.Text;

namespace AtlasCloud.Reuse;

/// <summary>
/// What the batches of a run have submitted and taken over so far. A batch is what shares one instance of <see cref="ReuseOptions"/>, such as one command of
/// a script. Thread-safe.
/// </summary>
internal sealed class ReuseOccurrences(JournalDigestIndex index, ReuseResolver resolver)
{
    // Each check reads the journal, and a loop can repeat a request a thousand times.
    private const int MaxChecks = 50;

    private readonly object _lock = new();
    private readonly Dictionary<string, List<Occurrence>> _occurrences = new(StringComparer.Ordinal);
    private readonly HashSet<ReuseOptions> _warned = new(ReferenceEqualityComparer.Instance);

    /// <summary>Adds a request that is submitted or takes over an earlier one.</summary>
    /// <param name="request">The request.</param>
    /// <param name="journalId">Its entry; null in a preview.</param>
    internal void Add(ReuseRequest request, string? journalId)
    {
        lock (_lock)
        {
            if (!_occurrences.TryGetValue(request.Digest, out List<Occurrence>? occurrences))
            {
                _occurrences[request.Digest] = occurrences = [];
            }

            occurrences.Add(new Occurrence(request.Options, journalId));
        }
    }

    /// <summary>
    /// Warns, once per batch, if a request is about to be submitted although an earlier batch of the run has submitted or taken over the same one. A request
    /// that failed is replaced by the next occurrence without a warning.
    /// </summary>
    /// <param name="request">The request.</param>
    /// <param name="isReplacing">Whether the request takes the place of the one that failed, because its submit follows.</param>
    internal void WarnIfRepeated(ReuseRequest request, bool isReplacing)
    {
        lock (_lock)
        {
            if (_warned.Contains(request.Options) || !_occurrences.TryGetValue(request.Digest, out List<Occurrence>? occurrences))
            {
                return;
            }

            Occurrence[] earlier = [.. occurrences.Where(o => !ReferenceEquals(o.Batch, request.Options))];
            if (earlier.TakeLast(MaxChecks).FirstOrDefault(HasFailed) is Occurrence failed)
            {
                _ = isReplacing && occurrences.Remove(failed);
            }
            else if (earlier.Length > 0)
            {
                _warned.Add(request.Options);
                string label = string.IsNullOrEmpty(request.Label) ? "" : $" '{SafeText.Sanitize(request.Label)}'";
                AtlasCloudLog.Warning(
                    $"Requests that an earlier command of this script submitted or reused are submitted again, and charged as further results. The first is the request{label} to {request.Checked.ModelId}. "
                    + "To repeat only failed requests, run the whole script again instead of repeating the command in it.");
            }
        }
    }

    private bool HasFailed(Occurrence occurrence)
    {
        try
        {
            return occurrence.JournalId is string id && index.Find(id) is JournalEntry entry && !resolver.IsUsable(entry);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    private sealed record Occurrence(ReuseOptions Batch, string? JournalId);
}
