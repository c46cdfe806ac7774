using System.Diagnostics.CodeAnalysis;
using System.Threading.Channels;

namespace AtlasCloud.PowerShell.Pipeline;

/// <summary>A bounded stretch of an asynchronous sequence, filled by a task and taken by the pipeline thread.</summary>
internal sealed class Prefetcher<T>
{
    private readonly IAsyncEnumerable<T> _source;
    private readonly Channel<T> _items;
    private readonly Action _wake;
    private readonly TaskCompletionSource _leaving = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _wanted;

    /// <param name="source">What is read.</param>
    /// <param name="capacity">How many items may lie ready; a full stretch holds the source back.</param>
    /// <param name="wake">Called when an item has come that the other side is waiting for.</param>
    internal Prefetcher(IAsyncEnumerable<T> source, int capacity, Action wake)
    {
        _source = source;
        _items = Channel.CreateBounded<T>(new BoundedChannelOptions(capacity) { SingleReader = true, SingleWriter = true });
        _wake = wake;
    }

    /// <summary>Whether there is an item. The wish is noted before the look, so an item that comes in between still wakes.</summary>
    internal bool IsWantedAndThere()
    {
        Interlocked.Exchange(ref _wanted, 1);
        return _items.Reader.TryPeek(out _);
    }

    internal bool TryTake([MaybeNullWhen(false)] out T item) => _items.Reader.TryRead(out item);

    /// <summary>Says that no more is wanted, which closes the source.</summary>
    internal void Leave() => _leaving.TrySetResult();

    internal async Task<bool> FillAsync(CancellationToken cancellationToken)
    {
        using CancellationTokenSource either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        Task filling = FillUntilAsync(either.Token);
        await Task.WhenAny(filling, _leaving.Task).ConfigureAwait(false);
        await either.CancelAsync().ConfigureAwait(false);
        await filling.ConfigureAwait(false);
        return true;
    }

    private async Task FillUntilAsync(CancellationToken cancellationToken)
    {
        await foreach (T item in _source.WithCancellation(cancellationToken).ConfigureAwait(false))
        {
            await _items.Writer.WriteAsync(item, cancellationToken).ConfigureAwait(false);

            // Waking costs a change of threads; a reader that has not run dry needs none.
            if (Interlocked.Exchange(ref _wanted, 0) == 1)
            {
                _wake();
            }
        }
    }
}
