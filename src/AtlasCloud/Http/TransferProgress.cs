namespace AtlasCloud.Http;

/// <summary>How far a transfer has come. Written by the thread that moves the bytes, read by any.</summary>
internal sealed class TransferProgress(Action<long, long?>? report = null)
{
    private long _moved;

    /// <summary>Bytes moved so far.</summary>
    internal long Moved => Interlocked.Read(ref _moved);

    internal void Set(long moved, long? total)
    {
        Interlocked.Exchange(ref _moved, moved);
        report?.Invoke(moved, total);
    }
}
