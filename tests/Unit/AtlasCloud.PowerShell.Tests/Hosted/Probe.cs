namespace AtlasCloud.PowerShell.Tests.Hosted;

/// <summary>What the commands of a test note about themselves.</summary>
public sealed class Probe
{
    private readonly object _gate = new();
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

    /// <summary>Notes a step.</summary>
    public void Note(string step)
    {
        lock (_gate)
        {
            Steps.Add(step);
        }
    }
}
