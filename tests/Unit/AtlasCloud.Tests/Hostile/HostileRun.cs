using System.Collections.Concurrent;
using System.Text;

namespace AtlasCloud.Tests.Hostile;

/// <summary>Plays many cases and keeps count of how they end. What ends otherwise than documented is named by the case that repeats it.</summary>
internal sealed class HostileRun : IDisposable
{
    private const long MostMemory = 1536L * 1024 * 1024;

    // A case takes milliseconds; one that takes this long, on however slow a machine, hangs.
    private static readonly TimeSpan s_longest = TimeSpan.FromSeconds(60);

    private readonly ConcurrentDictionary<string, int> _ends = new(StringComparer.Ordinal);
    private readonly ConcurrentBag<string> _failures = [];
    private readonly FileStream _last;
    private int _count;

    /// <param name="lastCase">A file that names the case that is played, for the one fault that no test can catch: the end of the process.</param>
    internal HostileRun(string lastCase) => _last = new FileStream(lastCase, FileMode.Create, FileAccess.Write, FileShare.Read, bufferSize: 0);

    internal IReadOnlyCollection<string> Failures => _failures;

    internal int Count => _count;

    /// <summary>How many ended how, the commonest first.</summary>
    internal string Summary => string.Join(", ", _ends.OrderByDescending(e => e.Value).Select(e => $"{e.Key} {e.Value}"));

    public void Dispose() => _last.Dispose();

    internal async Task PlayAsync(HostileCase @case)
    {
        Interlocked.Increment(ref _count);
        Note(@case);
        Task<object?>? playing = null;
        try
        {
            // On a thread of its own: a loop that never ends listens to no token.
            playing = Task.Run(async () =>
            {
                using HostileService service = new(@case);
                return await Scenes.PlayAsync(service, @case.Scene);
            });
            object? result = await playing.WaitAsync(s_longest, TimeProvider.System);
            End(@case, "result", result);
        }
        catch (AtlasCloudException exception) when (Scenes.MayEnd(@case.Scene, exception.Kind))
        {
            End(@case, exception.Kind.ToString(), exception);
        }
        catch (TimeoutException) when (playing is { IsCompleted: false })
        {
            _failures.Add($"{@case} does not end.");
        }
        catch (Exception exception)
        {
            _failures.Add($"{@case} ends with {exception}");
        }

        if (Environment.WorkingSet > MostMemory)
        {
            GC.Collect();
            if (GC.GetTotalMemory(forceFullCollection: true) > MostMemory / 2)
            {
                _failures.Add($"{@case}: {GC.GetTotalMemory(false)} bytes are in use behind it.");
            }
        }
    }

    private void End(HostileCase @case, string how, object? what)
    {
        _ends.AddOrUpdate(how, 1, (_, count) => count + 1);
        if (Shown.Find(what) is string shown)
        {
            _failures.Add($"{@case} shows what a terminal obeys: {shown}");
        }
    }

    private void Note(HostileCase @case)
    {
        byte[] line = Encoding.UTF8.GetBytes(@case.ToString().PadRight(200) + "\n");
        lock (_last)
        {
            _last.Position = 0;
            _last.Write(line);
        }
    }
}
