using System.Text.Json.Nodes;
using AtlasCloud.Http;
using AtlasCloud.Json;
using AtlasCloud.Predictions;
using AtlasCloud.Requests;

namespace AtlasCloud.Submission;

/// <summary>Looks in the account's history for tasks whose id never arrived. Which task it is, only its content and its time can tell.</summary>
internal sealed class TaskRecovery(HttpPipeline http)
{
    /// <summary>How far the clocks of this machine and of the service may be apart.</summary>
    internal static readonly TimeSpan Skew = TimeSpan.FromMinutes(1);

    /// <summary>How long after the send a task can still come into being.</summary>
    internal static readonly TimeSpan Late = TimeSpan.FromMinutes(10);

    // Pages shift while they are read: a few old ones among the young do not end the list.
    private const int MostOld = 50;

    /// <summary>The tasks of a model that were created since a time, with what they are recognised by.</summary>
    /// <exception cref="AtlasCloudException">The history cannot be had.</exception>
    internal async Task<IReadOnlyList<(string Digest, Prediction Task)>> ListAsync(string model, DateTimeOffset since, CancellationToken cancellationToken)
    {
        List<(string, Prediction)> found = [];
        int old = 0;
        HistoryQuery query = new() { Model = model };
        await foreach (Prediction task in new HistoryReader(http).ReadAsync(query, cancellationToken).ConfigureAwait(false))
        {
            if (task.CreatedAt is DateTimeOffset created && created < since - Skew)
            {
                if (++old >= MostOld)
                {
                    break;
                }
            }
            else
            {
                found.Add((DigestOf(task, model), task));
            }
        }

        return found;
    }

    // A task whose request cannot be read is a task all the same, and fits nothing.
    private static string DigestOf(Prediction task, string model)
    {
        if (task.Request is null || JsonValues.ToJson(task.Request) is not JsonObject body)
        {
            return "";
        }

        body["model"] ??= model;
        return RequestDigest.Of(body);
    }

    /// <summary>Whether a task can be what came of a request that was sent then.</summary>
    internal static bool Fits(Prediction task, DateTimeOffset sent) =>
        task.CreatedAt is not DateTimeOffset created || (created >= sent - Skew && created <= sent + Late);
}
