namespace AtlasCloud.Http;

/// <summary>The progress of a transfer. Written by one thread, read by any.</summary>
internal sealed class TransferProgress(Action<long, long?>? report = null)
{
    private long _moved;

    /// <summary>The number of bytes transferred.</summary>
    internal long Moved => Interlocked.Read(ref _moved);

    internal void Set(long moved, long? total)
    {
        Interlocked.Exchange(ref _moved, moved);
        report?.Invoke(moved, total);
    }
}
