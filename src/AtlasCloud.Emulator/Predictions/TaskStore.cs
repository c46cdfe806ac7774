using AtlasCloud.Emulation.Account;

namespace AtlasCloud.Emulation.Predictions;

/// <summary>All tasks, and the settling of their prices.</summary>
internal sealed class TaskStore
{
    private readonly object _gate = new();
    private readonly Dictionary<string, EmulatedTask> _byId = new(StringComparer.Ordinal);
    private readonly List<EmulatedTask> _all = [];
    private readonly List<EmulatedTask> _unsettled = [];
    private readonly Wallet _wallet;
    private readonly TimeProvider _clock;

    internal TaskStore(Wallet wallet, TimeProvider clock) => (_wallet, _clock) = (wallet, clock);

    /// <summary>The tasks, newest first.</summary>
    internal IReadOnlyList<EmulatedTask> Newest
    {
        get
        {
            lock (_gate)
            {
                return [.. Enumerable.Reverse(_all)];
            }
        }
    }

    /// <summary>How many tasks run.</summary>
    internal int Running
    {
        get
        {
            Settle();
            lock (_gate)
            {
                return _unsettled.Count;
            }
        }
    }

    internal void Add(EmulatedTask task)
    {
        lock (_gate)
        {
            _byId.Add(task.Id, task);
            _all.Add(task);
            _unsettled.Add(task);
        }
    }

    internal EmulatedTask? Find(string id)
    {
        lock (_gate)
        {
            return _byId.GetValueOrDefault(id);
        }
    }

    /// <summary>Takes or gives back the price of every task that has ended by now. Called before anybody looks at money.</summary>
    internal void Settle()
    {
        DateTimeOffset now = _clock.GetUtcNow();
        lock (_gate)
        {
            _unsettled.RemoveAll(task =>
            {
                TaskState state = task.State(now);
                if (state.IsFinal)
                {
                    _wallet.Settle(task.Charge, isOwed: state.Phase == TaskPhase.Succeeded);
                }

                return state.IsFinal;
            });
        }
    }
}
