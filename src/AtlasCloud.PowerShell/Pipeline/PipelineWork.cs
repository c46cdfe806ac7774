using System.Diagnostics.CodeAnalysis;

namespace AtlasCloud.PowerShell.Pipeline;

/// <summary>
/// Items in flight beside the pipeline: each is worked on at once, as many as the limit allows, and what came of it is taken by
/// the pipeline thread when it passes by. This is what lets the stages of a pipeline overlap. Knows no PowerShell type.
/// </summary>
internal sealed class PipelineWork<TItem, TResult>
{
    internal const int Unlimited = int.MaxValue;

    private readonly object _gate = new();
    private readonly Queue<PipelineResult<TItem, TResult>> _ready = new();
    private readonly Queue<Slot> _inOrder = new();
    private readonly PipelinePump _pump;
    private readonly bool _keepsOrder;
    private int _limit;
    private int _started;
    private int _finished;

    /// <param name="pump">The pump of the command.</param>
    /// <param name="limit">How many may be in flight.</param>
    /// <param name="inOrder">Whether results come in the order of the items instead of as they get done.</param>
    internal PipelineWork(PipelinePump pump, int limit = Unlimited, bool inOrder = false)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);
        _pump = pump;
        _limit = limit;
        _keepsOrder = inOrder;
    }

    /// <summary>How many may be in flight. What is in flight already when it is lowered goes on.</summary>
    internal int Limit
    {
        get => Volatile.Read(ref _limit);
        set
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, 1);
            Volatile.Write(ref _limit, value);
            _pump.Wake();
        }
    }

    /// <summary>How many items were added.</summary>
    internal int Started => Volatile.Read(ref _started);

    /// <summary>How many of them are done, taken or not.</summary>
    internal int Finished => Volatile.Read(ref _finished);

    internal int InFlight => Started - Finished;

    internal bool HasPlace => InFlight < Limit;

    /// <summary>Starts work on an item. Where the limit is reached, waits for a place first, running notices.</summary>
    /// <exception cref="OperationCanceledException">The command is stopping: the item was not begun.</exception>
    internal void Add(TItem item, Func<CancellationToken, Task<TResult>> work)
    {
        WaitForPlace();
        Slot slot = new(item);
        lock (_gate)
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

    /// <summary>Returns when an item can be added without waiting. A good moment to take what is finished.</summary>
    /// <exception cref="OperationCanceledException">The command is stopping.</exception>
    internal void WaitForPlace() => _pump.WaitUntil(() => HasPlace);

    /// <summary>Hands out what is done by now, without waiting. What is not taken is there the next time.</summary>
    internal IEnumerable<PipelineResult<TItem, TResult>> DrainCompleted()
    {
        _pump.RunNotices();
        while (TryTake(out PipelineResult<TItem, TResult>? result))
        {
            yield return result;
        }
    }

    /// <summary>Hands out everything, each as it gets done, and ends when nothing is left.</summary>
    /// <exception cref="OperationCanceledException">The command is stopping.</exception>
    internal IEnumerable<PipelineResult<TItem, TResult>> DrainAll()
    {
        while (true)
        {
            _pump.WaitUntil(() => HasReady || InFlight == 0);
            if (!TryTake(out PipelineResult<TItem, TResult>? result))
            {
                yield break;
            }

            yield return result;
        }
    }

    private bool HasReady
    {
        get
        {
            lock (_gate)
            {
                return _ready.Count > 0;
            }
        }
    }

    /// <summary>A result leaves the queue just before it is handed out: whoever throws over one loses no other and gets none twice.</summary>
    private bool TryTake([NotNullWhen(true)] out PipelineResult<TItem, TResult>? result)
    {
        lock (_gate)
        {
            return _ready.TryDequeue(out result);
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
            // Whatever it is, it belongs to this item, and the pipeline thread will say so.
            Finish(slot, new PipelineResult<TItem, TResult>(slot.Item, exception));
        }

        return true;
    }

    private void Finish(Slot slot, PipelineResult<TItem, TResult> result)
    {
        lock (_gate)
        {
            if (_keepsOrder)
            {
                slot.Result = result;
                while (_inOrder.TryPeek(out Slot? first) && first.Result is not null)
                {
                    _ready.Enqueue(first.Result);
                    _inOrder.Dequeue();
                }
            }
            else
            {
                _ready.Enqueue(result);
            }

            // Last: who sees nothing in flight must find every result ready.
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
