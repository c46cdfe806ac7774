namespace AtlasCloud.Http;

/// <summary>Makes a random source thread-safe. All jitter of a client comes from one source, so a seed makes it reproducible.</summary>
internal sealed class LockedRandom(Random inner) : Random
{
    private readonly object _lock = new();

    /// <inheritdoc/>
    public override double NextDouble()
    {
        lock (_lock)
        {
            return inner.NextDouble();
        }
    }
}
