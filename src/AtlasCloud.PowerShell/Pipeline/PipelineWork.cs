using System.Diagnostics.CodeAnalysis;

namespace AtlasCloud.PowerShell.Pipeline;

/// <summary>
/// Processes items concurrently in the background, up to a limit. The pipeline thread collects the results between inputs, so that the stages of a
/// pipeline overlap. Uses no PowerShell type.
/// </summary>
internal sealed class PipelineWork<TItem, TResult>
{
    internal const int Unlimited = int.MaxValue;

    private readonly object _lock = new();
    private readonly Queue<PipelineResult<TItem, TResult>> _results = new();
    private readonly Queue<Slot> _inOrder = new();
    private readonly PipelinePump _pump;
    private readonly bool _keepsOrder;
    private readonly int _limit;
    private int _started;
    private int _finished;

    /// <param name="pump">The pump of the command.</param>
    /// <param name="limit">The maximum number of items in flight.</param>
    /// <param name="inOrder">Whether results are returned in the order of the items. Otherwise in the order of completion.</param>
    internal PipelineWork(PipelinePump pump, int limit = Unlimited, bool inOrder = false)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);
        _pump = pump;
        _limit = limit;
        _keepsOrder = inOrder;
    }

    /// <summary>The number of added items.</summary>
    internal int Started => Volatile.Read(ref _started);

    /// <summary>The number of processed items, including those whose result is not collected yet.</summary>
    internal int Finished => Volatile.Read(ref _finished);

    internal int InFlight => Started - Finished;

    private bool HasFreeSlot => InFlight < _limit;

    /// <summary>Starts to process an item. At the limit, waits for a free slot first, running notices.</summary>
    /// <exception cref="OperationCanceledException">The command is stopping, and the item was not started.</exception>
    internal void Add(TItem item, Func<CancellationToken, Task<TResult>> work)
    {
        WaitForSlot();
        Slot slot = new(item);
        lock (_lock)
        {
            _started++;
            if (_keepsOrder)
            {
                _inOrder.Enqueue(slot);
            }
        }

        try
        {
            _pump.Start(stopping => WorkAsync(slot, work, stopping));
        }
        catch (OperationCanceledException stopped)
        {
            Finish(slot, new PipelineResult<TItem, TResult>(item, stopped));
            throw;
        }
    }

    /// <summary>Waits until an item can be added without waiting. Results that arrived meanwhile can be collected then.</summary>
    /// <exception cref="OperationCanceledException">The command is stopping.</exception>
    internal void WaitForSlot() => _pump.WaitUntil(() => HasFreeSlot);

    /// <summary>Returns the available results without waiting. Results that the caller does not take remain available.</summary>
    internal IEnumerable<PipelineResult<TItem, TResult>> DrainCompleted()
    {
        _pump.RunNotices();
        while (TryTake(out PipelineResult<TItem, TResult>? result))
        {
            yield return result;
        }
    }

    /// <summary>Returns all results as they become available, until no item is in flight.</summary>
    /// <exception cref="OperationCanceledException">The command is stopping.</exception>
    internal IEnumerable<PipelineResult<TItem, TResult>> DrainAll()
    {
        while (true)
        {
            _pump.WaitUntil(() => HasResult || InFlight == 0);
            if (!TryTake(out PipelineResult<TItem, TResult>? result))
            {
                yield break;
            }

            yield return result;
        }
    }

    private bool HasResult
    {
        get
        {
            lock (_lock)
            {
                return _results.Count > 0;
            }
        }
    }

    // A result is removed just before it is returned, so that a caller that throws loses no other result and gets none twice.
    private bool TryTake([NotNullWhen(true)] out PipelineResult<TItem, TResult>? result)
    {
        lock (_lock)
        {
            return _results.TryDequeue(out result);
        }
    }

    private async Task<bool> WorkAsync(Slot slot, Func<CancellationToken, Task<TResult>> work, CancellationToken stopping)
    {
        try
        {
            TResult value = await work(stopping).ConfigureAwait(false);
            Finish(slot, new PipelineResult<TItem, TResult>(slot.Item, value));
        }
        catch (Exception exception)
        {
            // Any exception belongs to this item. The pipeline thread reports it.
            Finish(slot, new PipelineResult<TItem, TResult>(slot.Item, exception));
        }

        return true;
    }

    private void Finish(Slot slot, PipelineResult<TItem, TResult> result)
    {
        lock (_lock)
        {
            if (_keepsOrder)
            {
                slot.Result = result;
                while (_inOrder.TryPeek(out Slot? first) && first.Result is not null)
                {
                    _results.Enqueue(first.Result);
                    _inOrder.Dequeue();
                }
            }
            else
            {
                _results.Enqueue(result);
            }

            // Last, so that all results are available when no item is in flight.
            _finished++;
        }

        _pump.Wake();
    }

    private sealed class Slot(TItem item)
    {
        internal TItem Item { get; } = item;

        internal PipelineResult<TItem, TResult>? Result { get; set; }
    }
}
