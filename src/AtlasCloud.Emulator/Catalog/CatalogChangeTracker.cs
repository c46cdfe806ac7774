namespace AtlasCloud.Emulation.Catalog;

/// <summary>Says which changes of a scenario hold by now.</summary>
internal sealed class CatalogChangeTracker
{
    private readonly IReadOnlyList<CatalogChange> _changes;
    private readonly TimeProvider _clock;
    private readonly DateTimeOffset _start;
    private int _requests;

    internal CatalogChangeTracker(IReadOnlyList<CatalogChange> changes, TimeProvider clock) => (_changes, _clock, _start) = (changes, clock, clock.GetUtcNow());

    /// <summary>The changes that hold, in their order.</summary>
    internal IReadOnlyList<CatalogChange> ActiveChanges
    {
        get
        {
            if (_changes.Count == 0)
            {
                return _changes;
            }

            int requests = Volatile.Read(ref _requests);
            TimeSpan age = _clock.GetUtcNow() - _start;
            return [.. _changes.Where(change => requests > change.AfterRequests && age >= change.After)];
        }
    }

    /// <summary>Counts a request as it arrives.</summary>
    internal void CountRequest() => Interlocked.Increment(ref _requests);
}
