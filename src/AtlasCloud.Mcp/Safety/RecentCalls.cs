using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace AtlasCloud.Mcp.Safety;

/// <summary>
/// Keeps a client from paying twice by repeating a call. A call with the same arguments shares the first one while that is running and for a minute after it
/// has ended.
/// </summary>
/// <param name="clock">The clock.</param>
internal sealed class RecentCalls(TimeProvider clock)
{
    /// <summary>How long the result of a call is returned again.</summary>
    internal static readonly TimeSpan Window = TimeSpan.FromMinutes(1);

    private readonly object _lock = new();
    private readonly Dictionary<string, Entry> _entries = new(StringComparer.Ordinal);

    /// <summary>Runs a call, or returns the result of the same call before.</summary>
    /// <param name="key">Identifies the call, from <see cref="KeyOf"/>.</param>
    /// <param name="run">Runs it. The token is canceled when no caller waits for the result any more; work that may be paid continues nevertheless.</param>
    /// <param name="mayBePaid">Whether a failure leaves open that the call is charged. Such a failure is returned again, too.</param>
    /// <param name="cancellationToken">Ends the wait of this caller.</param>
    internal async Task<(T Value, bool IsRepeated)> RunAsync<T>(
        string key, Func<CancellationToken, Task<T>> run, Func<Exception, bool> mayBePaid, CancellationToken cancellationToken)
        where T : class
    {
        while (true)
        {
            (Entry entry, bool isRepeated) = Join(key, async token => await run(token).ConfigureAwait(false), mayBePaid);
            try
            {
                return ((T)await entry.Task.WaitAsync(cancellationToken).ConfigureAwait(false), isRepeated);
            }
            catch (OperationCanceledException) when (isRepeated && !cancellationToken.IsCancellationRequested)
            {
                // The first caller gave up before anything was sent, just when this one joined.
                await Task.Yield();
            }
            finally
            {
                Leave(entry);
            }
        }
    }

    /// <summary>Returns a digest of a tool and its arguments. The order of members and white space do not matter.</summary>
    /// <param name="tool">The tool.</param>
    /// <param name="arguments">The arguments.</param>
    /// <param name="ignored">The name of an argument that does not make another request.</param>
    internal static string KeyOf(string tool, IEnumerable<KeyValuePair<string, JsonElement>> arguments, string ignored)
    {
        StringBuilder text = new(tool);
        foreach ((string name, JsonElement value) in arguments.Where(a => a.Key != ignored && a.Value.ValueKind != JsonValueKind.Null).OrderBy(a => a.Key, StringComparer.Ordinal))
        {
            text.Append('\n').Append(JsonValue.Create(name).ToJsonString()).Append(':');
            Append(text, value);
        }

        return Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())));
    }

    private (Entry Entry, bool IsRepeated) Join(string key, Func<CancellationToken, Task<object>> run, Func<Exception, bool> mayBePaid)
    {
        lock (_lock)
        {
            foreach (string expired in _entries.Where(e => e.Value.EndedAt is long ended && clock.GetElapsedTime(ended) >= Window).Select(e => e.Key).ToList())
            {
                _entries.Remove(expired);
            }

            if (_entries.TryGetValue(key, out Entry? known))
            {
                known.Waiters++;
                return (known, true);
            }

            Entry entry = new() { Waiters = 1 };
            _entries.Add(key, entry);
            CancellationToken token = entry.Abandoned.Token;
            entry.Task = Task.Run(() => run(token), CancellationToken.None);
            _ = entry.Task.ContinueWith(task => End(key, entry, task, mayBePaid), CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
            return (entry, false);
        }
    }

    private void End(string key, Entry entry, Task task, Func<Exception, bool> mayBePaid)
    {
        lock (_lock)
        {
            entry.EndedAt = clock.GetTimestamp();
            if (task.IsCanceled || (task.Exception?.InnerException is Exception failure && !mayBePaid(failure)))
            {
                _entries.Remove(key);
            }
        }
    }

    private void Leave(Entry entry)
    {
        bool isAbandoned;
        lock (_lock)
        {
            isAbandoned = --entry.Waiters == 0 && entry.EndedAt is null;
        }

        if (isAbandoned)
        {
            entry.Abandoned.Cancel();
        }
    }

    private static void Append(StringBuilder text, JsonElement value)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                text.Append('{');
                foreach (JsonProperty member in value.EnumerateObject().OrderBy(m => m.Name, StringComparer.Ordinal))
                {
                    text.Append(JsonValue.Create(member.Name).ToJsonString()).Append(':');
                    Append(text, member.Value);
                    text.Append(',');
                }

                text.Append('}');
                break;
            case JsonValueKind.Array:
                text.Append('[');
                foreach (JsonElement item in value.EnumerateArray())
                {
                    Append(text, item);
                    text.Append(',');
                }

                text.Append(']');
                break;
            case JsonValueKind.String:
                // Different escapes can mean the same text.
                text.Append(JsonValue.Create(value.GetString())!.ToJsonString());
                break;
            case JsonValueKind.Number when value.TryGetDecimal(out decimal number):
                text.Append(number.ToString("G29", CultureInfo.InvariantCulture));
                break;
            default:
                text.Append(value.GetRawText());
                break;
        }
    }

    private sealed class Entry
    {
        internal CancellationTokenSource Abandoned { get; } = new();

        internal Task<object> Task { get; set; } = null!;

        internal int Waiters { get; set; }

        internal long? EndedAt { get; set; }
    }
}
