using System.Net;
using System.Runtime.CompilerServices;
using System.Text.Json;
using AtlasCloud.Http;
using AtlasCloud.Json;
using AtlasCloud.Requests;
using AtlasCloud.Text;

namespace AtlasCloud.Predictions;

/// <summary>Reads the account's past tasks page by page. API reference, section 7.</summary>
internal sealed class HistoryReader(HttpPipeline http)
{
    private const string Description = "the history";

    /// <summary>The number of tasks per page, the maximum of the service.</summary>
    internal const int PageSize = 50;

    // A task whose ID is known is also looked for among the tasks of its time, up to this number.
    private const int MaxSearchedTasks = 20 * PageSize;

    // The times of the history can be those of another zone.
    private static readonly TimeSpan s_searchMargin = TimeSpan.FromHours(26);

    // A history that never ends would fill the memory with the IDs that were seen.
    private const int MaxListedPages = 20_000;

    /// <summary>Lists tasks until the history ends, repeats itself, or the caller stops.</summary>
    internal async IAsyncEnumerable<Prediction> ReadAsync(HistoryQuery query, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        HashSet<string> seen = new(StringComparer.Ordinal);
        for (int number = 1; number <= MaxListedPages; number++)
        {
            (HistoryPage page, _) = await ReadPageAsync(query, number, cancellationToken).ConfigureAwait(false);
            int added = 0;
            foreach (HistoryTask task in page.Tasks)
            {
                // New tasks push old ones to the next page during the read, and a service that ignores "no" repeats the first page.
                if (task.Id.Length > 0 && seen.Add(task.Id))
                {
                    added++;
                    if (query.Matches(task.Task))
                    {
                        yield return task.Task;
                    }
                }
            }

            if (added == 0 || seen.Count >= (page.Total ?? long.MaxValue))
            {
                yield break;
            }
        }
    }

    /// <summary>Reads one page.</summary>
    /// <param name="query">The filters.</param>
    /// <param name="number">The number of the page, from 1.</param>
    /// <param name="cancellationToken">Cancels the request.</param>
    /// <param name="model">The model of items that name none; null if it can be any. Default: that of the query.</param>
    /// <returns>The page and the size of its response.</returns>
    internal async Task<(HistoryPage Page, int Bytes)> ReadPageAsync(HistoryQuery query, int number, CancellationToken cancellationToken, string? model = null)
    {
        // Whether the service honors both of these is not documented, so one is sent.
        string filter = string.Concat(FormatParameter("status", query.Status?.ToLowerInvariant()), FormatParameter("state", query is { Status: null, State: PredictionState state } ? ToWireName(state) : null), FormatParameter("model", query.Model), FormatParameter("modelPrefix", query.ModelPrefix));
        ApiResponse response = await RequestAsync($"no={number}&size={PageSize}{filter}", RetryPolicy.Idempotent, cancellationToken).ConfigureAwait(false);
        return (HistoryPage.Read(ResponseErrors.JsonOf(response, Description, http.Key), model ?? query.Model), response.Length);
    }

    /// <summary>Looks up one task: by its ID, and then among all tasks since it was submitted, since the service may not know that filter.</summary>
    /// <returns>The task, if the history shows it, and whether the history was read at all.</returns>
    internal async Task<(Prediction? Task, bool IsAnswered)> FindAsync(Prediction known, CancellationToken cancellationToken)
    {
        (Prediction? task, bool isAnswered) = await FindAsync(known.Id, cancellationToken).ConfigureAwait(false);
        if (task is not null || !isAnswered || known.SubmittedAt is not DateTimeOffset submitted)
        {
            return (task, isAnswered);
        }

        try
        {
            int searched = 0;
            await foreach (Prediction listed in ReadAsync(new HistoryQuery(), cancellationToken).ConfigureAwait(false))
            {
                if (listed.Id == known.Id)
                {
                    return (listed, true);
                }

                if (++searched >= MaxSearchedTasks || submitted - listed.CreatedAt > s_searchMargin)
                {
                    break;
                }
            }

            return (null, true);
        }
        catch (AtlasCloudException exception)
        {
            AtlasCloudLog.Verbose($"The history could not be searched for {known.Id}: {exception.Message}");
            return (null, exception.Status is HttpStatusCode.BadRequest or HttpStatusCode.NotFound);
        }
    }

    private async Task<(Prediction? Task, bool IsAnswered)> FindAsync(string id, CancellationToken cancellationToken)
    {
        ApiResponse response = await RequestAsync($"no=1&size={PageSize}&sessionID={Uri.EscapeDataString(id)}", RetryPolicy.Never, cancellationToken).ConfigureAwait(false);
        if (response.EffectiveStatus != 200 || response.Json is not JsonElement json)
        {
            return (null, response.EffectiveStatus is 400 or 404);
        }

        // A service that ignores the filter returns the whole page.
        HistoryPage page = HistoryPage.Read(json);
        return (page.Tasks.FirstOrDefault(t => t.Id == id)?.Task, page.IsDocumented);
    }

    private Task<ApiResponse> RequestAsync(string query, RetryPolicy retryPolicy, CancellationToken cancellationToken) => http.SendAsync(
        new ApiCall(HttpMethod.Get, http.Media($"model/history?{query}"), Description) { RetryPolicy = retryPolicy, MaxResponseBytes = HttpPipeline.MaxMediaResponseBytes },
        cancellationToken);

    private static string ToWireName(PredictionState state) => state switch
    {
        PredictionState.InFlight => "running",
        PredictionState.Succeeded => "succeeded",
        PredictionState.Failed => "failed",
        _ => throw new ArgumentOutOfRangeException(nameof(state), state, "Unknown state."),
    };

    /// <summary>Reads one item and the digest of its request.</summary>
    /// <param name="item">The item.</param>
    /// <param name="model">The model that was searched for, if the item names none; null for all.</param>
    internal static HistoryTask ReadTask(JsonElement item, string? model = null)
    {
        JsonElement? request = ReadRequest(item.Member("requestBody"));
        string digest = request is JsonElement body ? RequestDigest.Compute(body, item.Member("model")?.AsExactText() ?? model) : "";
        string? named = FindModel(item.Member("model")?.AsExactText(), request?.Member("model")?.AsExactText());
        return ReadItem(item, request) is Prediction task
            ? new HistoryTask(digest, task) { Model = named, IsIdentified = FindResult(item, task.Id) is not null || item.Member("result")?.Text("id") is null }
            : new HistoryTask(digest, new Prediction { Id = "", CreatedAt = item.FirstMember("createdAt", "created_at")?.AsTime() }) { Model = named };
    }

    /// <summary>Reads one item; null if it has no valid ID.</summary>
    internal static Prediction? ReadItem(JsonElement item) => ReadItem(item, ReadRequest(item.Member("requestBody")));

    private static Prediction? ReadItem(JsonElement item, JsonElement? request)
    {
        if (item.Text("ID", "id") is not string id || !PredictionId.IsValid(id))
        {
            return null;
        }

        Prediction prediction = (FindResult(item, id) is JsonElement result ? PredictionReader.Read(result, id) : null) ?? new Prediction { Id = id };
        string? status = item.Text("status");
        if (prediction.Status == "unknown" && status is not null)
        {
            prediction = prediction with { Status = SafeText.Sanitize(status, length: 60), State = PredictionReader.GetState(status) };
        }

        string? model = prediction.Model ?? item.Text("model");
        return prediction with
        {
            Model = model,
            Kind = prediction.Kind == ModelKind.Unknown ? ModelKinds.GuessFromId(model) : prediction.Kind,
            CreatedAt = prediction.CreatedAt ?? item.Member("createdAt")?.AsTime(),
            Request = request is JsonElement body ? JsonValues.ToDictionary(body, _ => true) : null,
        };
    }

    /// <summary>Returns a task of the history so that it is polled if its item says that it succeeded, but contains no outputs.</summary>
    internal static Prediction RequireOutputs(Prediction task) =>
        task is { State: PredictionState.Succeeded, Outputs.Count: 0 } ? task with { State = PredictionState.InFlight } : task;

    private static string? FindModel(string? item, string? request) =>
        item is null || request is null ? item ?? request : item.Equals(request, StringComparison.OrdinalIgnoreCase) ? item : null;

    // A result with another ID is that of another task.
    private static JsonElement? FindResult(JsonElement item, string id) =>
        item.Member("result") is JsonElement { ValueKind: JsonValueKind.Object } result && (result.Text("id") ?? id) == id ? result : null;

    private static JsonElement? ReadRequest(JsonElement? body) => body switch
    {
        JsonElement { ValueKind: JsonValueKind.Object } given => given,
        JsonElement { ValueKind: JsonValueKind.String } text when JsonText.Parse(JsonText.GetExactText(text)) is JsonElement { ValueKind: JsonValueKind.Object } parsed => parsed,
        _ => null,
    };

    private static string FormatParameter(string name, string? value) => string.IsNullOrEmpty(value) ? "" : $"&{name}={Uri.EscapeDataString(value)}";
}
