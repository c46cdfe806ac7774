using AtlasCloud.Emulation.Account;

namespace AtlasCloud.Emulation.Predictions;

/// <summary>All tasks, and the settlement of their charges.</summary>
internal sealed class TaskStore
{
    private readonly object _lock = new();
    private readonly Dictionary<string, EmulatedTask> _byId = new(StringComparer.Ordinal);
    private readonly List<EmulatedTask> _all = [];
    private readonly List<EmulatedTask> _unsettled = [];
    private readonly AccountBalance _balance;
    private readonly TimeProvider _clock;

    internal TaskStore(AccountBalance balance, TimeProvider clock) => (_balance, _clock) = (balance, clock);

    /// <summary>The tasks, newest first.</summary>
    internal IReadOnlyList<EmulatedTask> NewestFirst
    {
        get
        {
            lock (_lock)
            {
                return [.. Enumerable.Reverse(_all)];
            }
        }
    }

    /// <summary>The number of running tasks.</summary>
    internal int RunningCount
    {
        get
        {
            Settle();
            lock (_lock)
            {
                return _unsettled.Count;
            }
        }
    }

    internal void Add(EmulatedTask task)
    {
        lock (_lock)
        {
            _byId.Add(task.Id, task);
            _all.Add(task);
            _unsettled.Add(task);
        }
    }

    internal EmulatedTask? Find(string id)
    {
        lock (_lock)
        {
            return _byId.GetValueOrDefault(id);
        }
    }

    /// <summary>Books or releases the charges of all tasks that have ended by now. Must be called before reading the balance or charges.</summary>
    internal void Settle()
    {
        DateTimeOffset now = _clock.GetUtcNow();
        lock (_lock)
        {
            _unsettled.RemoveAll(task =>
            {
                TaskState state = task.StateAt(now);
                if (state.IsFinal)
                {
                    _balance.Settle(task.ChargeIndex, state.Phase == TaskPhase.Succeeded ? task.Quote.Settled : null);
                }

                return state.IsFinal;
            });
        }
    }
}
