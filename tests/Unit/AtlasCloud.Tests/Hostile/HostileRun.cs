using System.Collections.Concurrent;
using System.Text;

namespace AtlasCloud.Tests.Hostile;

/// <summary>Runs cases and counts their outcomes. Each undocumented outcome is reported with the case that reproduces it.</summary>
internal sealed class HostileRun : IDisposable
{
    private const long MaxMemory = 1536L * 1024 * 1024;

    // A case takes milliseconds, so one that reaches this timeout hangs even on a slow machine.
    private static readonly TimeSpan s_timeout = TimeSpan.FromSeconds(60);

    private readonly ConcurrentDictionary<string, int> _ends = new(StringComparer.Ordinal);
    private readonly ConcurrentBag<string> _failures = [];
    private readonly FileStream _last;
    private int _count;

    /// <param name="lastCase">A file with the current case, in case the process crashes.</param>
    internal HostileRun(string lastCase) => _last = new FileStream(lastCase, FileMode.Create, FileAccess.Write, FileShare.Read, bufferSize: 0);

    internal IReadOnlyCollection<string> Failures => _failures;

    internal int Count => _count;

    /// <summary>The number of cases per outcome, most frequent first.</summary>
    internal string Summary => string.Join(", ", _ends.OrderByDescending(e => e.Value).Select(e => $"{e.Key} {e.Value}"));

    public void Dispose() => _last.Dispose();

    internal async Task PlayAsync(HostileCase @case)
    {
        Interlocked.Increment(ref _count);
        Note(@case);
        Task<object?>? playing = null;
        try
        {
            // On another thread, since an endless loop ignores cancellation.
            playing = Task.Run(async () =>
            {
                using HostileService service = new(@case);
                return await Scenes.PlayAsync(service, @case.Scene);
            });
            object? result = await playing.WaitAsync(s_timeout, TimeProvider.System);
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

        if (Environment.WorkingSet > MaxMemory)
        {
            GC.Collect();
            if (GC.GetTotalMemory(forceFullCollection: true) > MaxMemory / 2)
            {
                _failures.Add($"{@case}: {GC.GetTotalMemory(false)} bytes are in use afterwards.");
            }
        }
    }

    private void End(HostileCase @case, string how, object? what)
    {
        _ends.AddOrUpdate(how, 1, (_, count) => count + 1);
        if (Shown.Find(what) is string shown)
        {
            _failures.Add($"{@case} shows control characters: {shown}");
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
