using System.Globalization;
using System.Text.Json.Nodes;
using AtlasCloud.Emulation.Http;
using AtlasCloud.Emulation.Routing;

namespace AtlasCloud.Emulation.Predictions;

/// <summary>GET /api/v1/model/history: the account's tasks, newest first.</summary>
internal sealed class HistoryEndpoint
{
    private const int DefaultSize = 10;
    private const int MaximumSize = 50;

    private readonly TaskStore _tasks;
    private readonly PredictionWriter _document;
    private readonly TimeProvider _clock;

    internal HistoryEndpoint(TaskStore tasks, PredictionWriter document, TimeProvider clock) =>
        (_tasks, _document, _clock) = (tasks, document, clock);

    internal Reply Get(RequestContext context)
    {
        _tasks.Settle();
        DateTimeOffset now = _clock.GetUtcNow();
        QueryString query = context.Request.Query;
        int pageNumber = Math.Max(1, ParseInteger(query["no"]) ?? 1);
        int pageSize = Math.Clamp(ParseInteger(query["size"]) ?? DefaultSize, 1, MaximumSize);
        List<EmulatedTask> matching = [.. _tasks.NewestFirst.Where(task => Matches(task, query, now))];
        List<JsonNode> items = [.. matching.Skip((pageNumber - 1) * pageSize).Take(pageSize).Select(task => WriteItem(task, now))];

        // As on the service, the code is a string here and an empty page is null.
        return Reply.Json(new JsonObject
        {
            ["code"] = "200",
            ["message"] = "success",
            ["data"] = new JsonObject
            {
                ["items"] = items.Count == 0 ? null : new JsonArray([.. items]),
                ["pageNo"] = pageNumber,
                ["pageSize"] = pageSize,
                ["total"] = matching.Count,
            },
        });
    }

    private static bool Matches(EmulatedTask task, QueryString query, DateTimeOffset now)
    {
        TaskState state = task.StateAt(now);
        return !(task.DeletesRecord && state.IsFinal) &&
            (query["state"] is not { Length: > 0 } phase || phase.Equals(state.Phase.ToString(), StringComparison.OrdinalIgnoreCase)) &&
            (query["model"] is not { Length: > 0 } model || model == task.Model.Id) &&
            (query["modelPrefix"] is not { Length: > 0 } prefix || task.Model.Id.StartsWith(prefix, StringComparison.Ordinal));
    }

    private JsonObject WriteItem(EmulatedTask task, DateTimeOffset now)
    {
        TaskState state = task.StateAt(now);
        return new JsonObject
        {
            ["ID"] = task.Id,
            ["createdAt"] = task.CreatedAt.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture),
            ["model"] = task.Model.Id,
            ["requestBody"] = task.BodyText,
            ["result"] = state.IsFinal ? _document.Write(task, state, now) : null,
            ["status"] = state.Status,
        };
    }

    private static int? ParseInteger(string? text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int value) ? value : null;
}
