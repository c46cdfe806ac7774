namespace AtlasCloud.Emulation.Media;

/// <summary>Caches recently rendered outputs, so that range requests do not render the file again.</summary>
internal sealed class RenderCache
{
    private const long MaximumBytes = 64 * 1024 * 1024;

    private readonly object _lock = new();
    private readonly Dictionary<string, byte[]> _items = new(StringComparer.Ordinal);
    private readonly Queue<string> _order = new();
    private long _bytes;

    internal byte[] Get(string key, Func<byte[]> render)
    {
        lock (_lock)
        {
            if (_items.TryGetValue(key, out byte[]? cached))
            {
                return cached;
            }
        }

        // Rendering happens outside the lock: two clients may render the same file and get the same bytes.
        byte[] rendered = render();
        lock (_lock)
        {
            if (_items.TryAdd(key, rendered))
            {
                _order.Enqueue(key);
                _bytes += rendered.Length;
            }

            while (_bytes > MaximumBytes && _order.TryDequeue(out string? oldest))
            {
                _items.Remove(oldest, out byte[]? dropped);
                _bytes -= dropped?.Length ?? 0;
            }
        }

        return rendered;
    }
}
