using System.Management.Automation.Runspaces;
using System.Runtime.CompilerServices;
using Microsoft.Extensions.Time.Testing;

namespace AtlasCloud.PowerShell.Tests.Hosted;

/// <summary>What the commands of a test note about themselves, and what they wait for.</summary>
public sealed class Probe
{
    /// <summary>Only a hang takes this long.</summary>
    internal static readonly TimeSpan Hang = TimeSpan.FromSeconds(60);

    // The engine makes the commands: what they need from the test before they are made, they find by their runspace.
    private static readonly ConditionalWeakTable<Runspace, TimeProvider> s_clocks = [];

    private readonly object _gate = new();
    private List<TaskCompletionSource> _met = [];
    private int _now;

    /// <summary>How many tasks run now.</summary>
    public int Now
    {
        get
        {
            lock (_gate)
            {
                return _now;
            }
        }
    }

    /// <summary>How many ran at the same time, at the most.</summary>
    public int Most { get; private set; }

    /// <summary>How many ever ran.</summary>
    public int All { get; private set; }

    /// <summary>Completes when the test lets the work that holds go on.</summary>
    public TaskCompletionSource Released { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Completes when work hears that its command is stopping.</summary>
    public TaskCompletionSource Stopping { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Set once the first task runs.</summary>
    public ManualResetEventSlim Begun { get; } = new();

    /// <summary>Which steps of which commands were called, in order.</summary>
    public List<string> Steps { get; } = [];

    /// <summary>Runs something as a task that is counted.</summary>
    public async Task<T> CountAsync<T>(Func<Task<T>> work)
    {
        lock (_gate)
        {
            All++;
            Most = Math.Max(Most, ++_now);
        }

        Begun.Set();
        try
        {
            return await work();
        }
        finally
        {
            lock (_gate)
            {
                _now--;
            }
        }
    }

    /// <summary>Gives the commands of a runspace a clock that stands still.</summary>
    internal static FakeTimeProvider StopClock(Runspace runspace)
    {
        FakeTimeProvider clock = new();
        s_clocks.Add(runspace, clock);
        return clock;
    }

    /// <summary>The clock of the commands of the current runspace.</summary>
    internal static TimeProvider CurrentClock =>
        Runspace.DefaultRunspace is Runspace runspace && s_clocks.TryGetValue(runspace, out TimeProvider? clock) ? clock : TimeProvider.System;

    /// <summary>Waits until so many tasks are here at the same time; they leave together.</summary>
    public async Task MeetAsync(int count, CancellationToken cancellationToken)
    {
        TaskCompletionSource here = new(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_gate)
        {
            _met.Add(here);
            if (_met.Count == count)
            {
                _met.ForEach(m => m.SetResult());
                _met = [];
            }
        }

        await here.Task.WaitAsync(Hang, TimeProvider.System, cancellationToken);
    }

    /// <summary>Whether a step was noted.</summary>
    public bool Has(string step)
    {
        lock (_gate)
        {
            return Steps.Contains(step);
        }
    }

    /// <summary>Notes a step.</summary>
    public void Note(string step)
    {
        lock (_gate)
        {
            Steps.Add(step);
        }
    }
}
