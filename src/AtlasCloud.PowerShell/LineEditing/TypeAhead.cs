using System.Collections.Concurrent;

namespace AtlasCloud.PowerShell.LineEditing;

/// <summary>A keyboard that is watched for Ctrl+C while a command works. Other keys that are pressed meanwhile are read later.</summary>
/// <param name="keyboard">The keys.</param>
/// <param name="clock">Measures the time between keys.</param>
internal sealed class TypeAhead(IKeyboard keyboard, TimeProvider clock) : IKeyboard
{
    private static readonly TimeSpan s_interval = TimeSpan.FromMilliseconds(40);

    // Longer than the time within which a paste arrives, also if the wait for the rest of a paste takes longer than planned.
    private static readonly TimeSpan s_gap = TimeSpan.FromMilliseconds(200);

    // Keys that were pressed together. Between two bursts is a gap, or lines that were typed one after the other would look like a paste.
    private readonly ConcurrentQueue<Queue<ConsoleKeyInfo>> _bursts = new();
    private readonly object _lock = new();
    private Queue<ConsoleKeyInfo>? _burst;
    private long? _gapStart;
    private bool _isPaused;

    public bool HasKey => _burst is not null || (IsGapOver && (!_bursts.IsEmpty || keyboard.HasKey));

    public bool TakesControlC
    {
        set => keyboard.TakesControlC = value;
    }

    private bool IsGapOver => _gapStart is not long start || clock.GetElapsedTime(start) >= s_gap;

    public ConsoleKeyInfo Read()
    {
        if (_burst is null && !_bursts.TryDequeue(out _burst))
        {
            _gapStart = null;
            return keyboard.Read();
        }

        ConsoleKeyInfo key = _burst.Dequeue();
        if (_burst.Count == 0)
        {
            _burst = null;
            _gapStart = clock.GetTimestamp();
        }

        return key;
    }

    /// <summary>Whether a key is Ctrl+C.</summary>
    internal static bool IsControlC(ConsoleKeyInfo key) => key.KeyChar == '\u0003' || (key.Key == ConsoleKey.C && key.Modifiers == ConsoleModifiers.Control);

    /// <summary>Watches until the token is canceled.</summary>
    /// <param name="onControlC">Called from a thread of the pool. What was typed before it is discarded, as by a shell.</param>
    /// <param name="end">Ends the watch.</param>
    internal async Task WatchAsync(Action onControlC, CancellationToken end)
    {
        while (!end.IsCancellationRequested)
        {
            if (FindControlC())
            {
                _bursts.Clear();
                onControlC();
            }

            await Task.Delay(s_interval, clock, end).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>Leaves the keyboard to other code, such as a script that prompts, for which Ctrl+C stops the command.</summary>
    internal T Pause<T>(Func<T> code)
    {
        lock (_lock)
        {
            _isPaused = true;
            keyboard.TakesControlC = false;
        }

        try
        {
            return code();
        }
        finally
        {
            lock (_lock)
            {
                keyboard.TakesControlC = true;
                _isPaused = false;
            }
        }
    }

    private bool FindControlC()
    {
        lock (_lock)
        {
            Queue<ConsoleKeyInfo> burst = new();
            while (!_isPaused && keyboard.HasKey)
            {
                ConsoleKeyInfo key = keyboard.Read();
                if (IsControlC(key))
                {
                    return true;
                }

                burst.Enqueue(key);
            }

            if (burst.Count > 0)
            {
                _bursts.Enqueue(burst);
            }

            return false;
        }
    }
}
