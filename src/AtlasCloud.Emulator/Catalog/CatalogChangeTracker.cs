namespace AtlasCloud.Emulation.Catalog;

/// <summary>Decides which catalog changes of a scenario apply at the moment.</summary>
internal sealed class CatalogChangeTracker
{
    private readonly IReadOnlyList<CatalogChange> _changes;
    private readonly TimeProvider _clock;
    private readonly DateTimeOffset _start;
    private int _requests;

    internal CatalogChangeTracker(IReadOnlyList<CatalogChange> changes, TimeProvider clock) => (_changes, _clock, _start) = (changes, clock, clock.GetUtcNow());

    /// <summary>The changes that apply, in the order of the scenario.</summary>
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

    /// <summary>Counts an arriving request.</summary>
    internal void CountRequest() => Interlocked.Increment(ref _requests);
}
