using AtlasCloud.Predictions;

namespace AtlasCloud.Submission;

/// <summary>
/// Finds the task of a request among those with the same content. Requests of the same content cannot be told apart, so a task is assigned only if there are
/// as many requests as tasks that they can have created: then any assignment is right.
/// </summary>
internal static class TaskPairing
{
    /// <summary>The task of a request; null if there is none, or several assignments with different results are possible.</summary>
    /// <param name="request">The request.</param>
    /// <param name="rivals">All open requests with the same content, including this one, with their windows; null for an unknown window.</param>
    /// <param name="tasks">The tasks with the same content that belong to no known request.</param>
    internal static HistoryTask? Find(OpenRequest request, IReadOnlyDictionary<OpenRequest, TaskTimeWindow?> rivals, IReadOnlyList<HistoryTask> tasks)
    {
        (List<OpenRequest> requests, List<HistoryTask> candidates) = Connect(request, rivals, tasks);
        if (requests.Count != candidates.Count || requests.Any(r => (r.IsWaiting && r != request) || rivals[r] is null))
        {
            return null;
        }

        // Earlier requests created earlier tasks. All processes that search at the same time must come to the same assignment.
        requests = [.. requests.OrderBy(r => rivals[r]!.Value.From).ThenBy(r => r.Key, StringComparer.Ordinal)];
        candidates = [.. candidates.OrderBy(t => t.CreatedAt ?? DateTimeOffset.MaxValue).ThenBy(t => t.Id, StringComparer.Ordinal)];
        bool fits = requests.Zip(candidates).All(p => p.Second.IsIdentified && rivals[p.First]!.Value.Contains(p.Second.CreatedAt));
        return fits ? candidates[requests.IndexOf(request)] : null;
    }

    // A request and a task are connected if one can be the origin of the other. A request of an unknown time can be the origin of every task.
    private static (List<OpenRequest> Requests, List<HistoryTask> Tasks) Connect(
        OpenRequest request, IReadOnlyDictionary<OpenRequest, TaskTimeWindow?> rivals, IReadOnlyList<HistoryTask> tasks)
    {
        HashSet<OpenRequest> requests = [request];
        HashSet<HistoryTask> connected = new(ReferenceEqualityComparer.Instance);
        Queue<OpenRequest> next = new(requests);
        while (next.TryDequeue(out OpenRequest? current))
        {
            foreach (HistoryTask task in tasks.Where(t => CanBelong(t, current) && connected.Add(t)))
            {
                foreach (OpenRequest rival in rivals.Keys.Where(r => CanBelong(task, r) && requests.Add(r)))
                {
                    next.Enqueue(rival);
                }
            }
        }

        return ([.. requests], [.. connected]);

        bool CanBelong(HistoryTask task, OpenRequest to) => rivals[to] is not TaskTimeWindow window || window.Contains(task.CreatedAt);
    }
}
