using System.Collections.Concurrent;
using AtlasCloud.Storage;

namespace AtlasCloud.Predictions;

/// <summary>Whether the process that submits a request is still waiting for its answer. All clients of this process share one list.</summary>
internal static class InFlightEntries
{
    // A process on another machine cannot be observed. No submit takes longer.
    private static readonly TimeSpan s_maxDuration = TimeSpan.FromHours(1);

    private static readonly ConcurrentDictionary<string, byte> s_own = new(StringComparer.Ordinal);

    internal static void Add(string journalId) => s_own[journalId] = 0;

    internal static void Remove(string journalId) => s_own.TryRemove(journalId, out _);

    /// <summary>Whether the answer to an entry's request can still arrive in its own process.</summary>
    internal static bool Contains(JournalEntry entry, DateTimeOffset now)
    {
        if (s_own.ContainsKey(entry.JournalId))
        {
            return true;
        }

        if (entry.State != JournalState.Intent)
        {
            return false;
        }

        // Process IDs are comparable only on the same machine: in two containers, both can be 1.
        return entry switch
        {
            { MachineId: string machine, ProcessId: int process } when machine == MachineIdentity.Value => !IsThisProcess(entry) && RunningProcess.IsRunning(process, entry.ProcessStart),
            { MachineId: null, ProcessId: int process } when entry.Machine == Environment.MachineName && process != Environment.ProcessId => IsRecent(entry, now) && RunningProcess.IsRunning(process),
            _ => IsRecent(entry, now),
        };
    }

    private static bool IsThisProcess(JournalEntry entry) =>
        entry.ProcessId == Environment.ProcessId && RunningProcess.IsRunning(Environment.ProcessId, entry.ProcessStart);

    private static bool IsRecent(JournalEntry entry, DateTimeOffset now) => entry.LastSentAt is DateTimeOffset sent && (now - sent).Duration() < s_maxDuration;
}
