using AtlasCloud.Emulation.Scenarios;

namespace AtlasCloud.Emulation.Chaos;

/// <summary>Applies a chaos plan: counts the requests of each kind and selects their faults.</summary>
internal sealed class ChaosInjector
{
    private volatile ChaosPlan? _plan;
    private readonly Func<int> _runningTasks;
    private readonly int[] _requestCounts = new int[Enum.GetValues<RequestKind>().Length];

    /// <param name="plan">The plan; null to inject nothing.</param>
    /// <param name="runningTasks">Returns the number of running tasks.</param>
    internal ChaosInjector(ChaosPlan? plan, Func<int> runningTasks) => (_plan, _runningTasks) = (plan, runningTasks);

    /// <summary>Stops injecting faults.</summary>
    internal void Stop() => _plan = null;

    /// <summary>The fault of the next request; null for none.</summary>
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
