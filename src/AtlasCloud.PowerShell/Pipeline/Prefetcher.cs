using System.Diagnostics.CodeAnalysis;
using System.Threading.Channels;

namespace AtlasCloud.PowerShell.Pipeline;

/// <summary>A bounded buffer of an asynchronous sequence that a task fills and the pipeline thread empties.</summary>
internal sealed class Prefetcher<T>
{
    private readonly IAsyncEnumerable<T> _source;
    private readonly Channel<T> _items;
    private readonly Action _wake;
    private readonly TaskCompletionSource _stopping = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _isRequested;

    /// <param name="source">The sequence.</param>
    /// <param name="capacity">The maximum number of buffered items. A full buffer suspends the source.</param>
    /// <param name="wake">Called when an item arrives that was requested.</param>
    internal Prefetcher(IAsyncEnumerable<T> source, int capacity, Action wake)
    {
        _source = source;
        _items = Channel.CreateBounded<T>(new BoundedChannelOptions(capacity) { SingleReader = true, SingleWriter = true });
        _wake = wake;
    }

    /// <summary>Requests an item and returns whether one is available. Requests first, so that an item that arrives in between wakes the caller.</summary>
    internal bool RequestItem()
    {
        Interlocked.Exchange(ref _isRequested, 1);
        return _items.Reader.TryPeek(out _);
    }

    internal bool TryTake([MaybeNullWhen(false)] out T item) => _items.Reader.TryRead(out item);

    /// <summary>Ends reading, which closes the source.</summary>
    internal void Stop() => _stopping.TrySetResult();

    internal async Task<bool> FillAsync(CancellationToken cancellationToken)
    {
        using CancellationTokenSource either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        Task filling = FillUntilAsync(either.Token);
        await Task.WhenAny(filling, _stopping.Task).ConfigureAwait(false);
        await either.CancelAsync().ConfigureAwait(false);
        await filling.ConfigureAwait(false);
        return true;
    }

    private async Task FillUntilAsync(CancellationToken cancellationToken)
    {
        await foreach (T item in _source.WithCancellation(cancellationToken).ConfigureAwait(false))
        {
            await _items.Writer.WriteAsync(item, cancellationToken).ConfigureAwait(false);

            // Waking switches threads, so only a reader that has run out of items is woken.
            if (Interlocked.Exchange(ref _isRequested, 0) == 1)
            {
                _wake();
            }
        }
    }
}
