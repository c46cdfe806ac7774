using AtlasCloud.Emulation.Scenarios;

namespace AtlasCloud.Emulation.Chaos;

/// <summary>A plan in use: counts the requests of each kind.</summary>
internal sealed class ChaosInjector
{
    private volatile ChaosPlan? _plan;
    private readonly Func<int> _runningTasks;
    private readonly int[] _requestCounts = new int[Enum.GetValues<RequestKind>().Length];

    /// <param name="plan">The plan; null where nothing goes wrong by chance.</param>
    /// <param name="runningTasks">How many tasks run.</param>
    internal ChaosInjector(ChaosPlan? plan, Func<int> runningTasks) => (_plan, _runningTasks) = (plan, runningTasks);

    /// <summary>From here on nothing goes wrong.</summary>
    internal void Stop() => _plan = null;

    /// <summary>What becomes of the next request; null where nothing goes wrong with it.</summary>
    internal ScenarioMatch? Match(string method, string path)
    {
        if (_plan is not { } plan || RequestClassifier.Classify(method, path) is not { } kind)
        {
            return null;
        }

        ChaosFault? fault = plan.FaultFor(kind, Interlocked.Increment(ref _requestCounts[(int)kind]));
        return fault is null || (fault.NeedsRunningTask && _runningTasks() == 0) ? null : new ScenarioMatch(fault.Rule, null, 1);
    }
}
