using System.Globalization;
using System.Text.Json.Nodes;
using AtlasCloud.Emulation.Http;
using AtlasCloud.Emulation.Routing;

namespace AtlasCloud.Emulation.Predictions;

/// <summary>GET /api/v1/model/history: own tasks, newest first.</summary>
internal sealed class HistoryEndpoint
{
    private const int DefaultSize = 10;
    private const int MaximumSize = 50;

    private readonly TaskStore _tasks;
    private readonly PredictionDocument _document;
    private readonly TimeProvider _clock;

    internal HistoryEndpoint(TaskStore tasks, PredictionDocument document, TimeProvider clock) =>
        (_tasks, _document, _clock) = (tasks, document, clock);

    internal Reply Get(Exchange exchange)
    {
        _tasks.Settle();
        DateTimeOffset now = _clock.GetUtcNow();
        QueryString query = exchange.Request.Query;
        int number = Math.Max(1, Whole(query["no"]) ?? 1);
        int size = Math.Clamp(Whole(query["size"]) ?? DefaultSize, 1, MaximumSize);
        List<EmulatedTask> found = [.. _tasks.Newest.Where(task => Fits(task, query, now))];
        List<JsonNode> items = [.. found.Skip((number - 1) * size).Take(size).Select(task => Item(task, now))];

        // The code is text here, and an empty page is null, as on the service.
        return Reply.Json(new JsonObject
        {
            ["code"] = "200",
            ["message"] = "success",
            ["data"] = new JsonObject
            {
                ["items"] = items.Count == 0 ? null : new JsonArray([.. items]),
                ["pageNo"] = number,
                ["pageSize"] = size,
                ["total"] = found.Count,
            },
        });
    }

    private static bool Fits(EmulatedTask task, QueryString query, DateTimeOffset now)
    {
        TaskState state = task.State(now);
        return !(task.IsForgotten && state.IsFinal) &&
            (query["state"] is not { Length: > 0 } wanted || wanted.Equals(state.Phase.ToString(), StringComparison.OrdinalIgnoreCase)) &&
            (query["model"] is not { Length: > 0 } model || model == task.Model.Id) &&
            (query["modelPrefix"] is not { Length: > 0 } prefix || task.Model.Id.StartsWith(prefix, StringComparison.Ordinal));
    }

    private JsonObject Item(EmulatedTask task, DateTimeOffset now)
    {
        TaskState state = task.State(now);
        return new JsonObject
        {
            ["ID"] = task.Id,
            ["createdAt"] = task.Created.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture),
            ["model"] = task.Model.Id,
            ["requestBody"] = task.BodyText,
            ["result"] = state.IsFinal ? _document.Write(task, state, now) : null,
            ["status"] = state.Status,
        };
    }

    private static int? Whole(string? text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int value) ? value : null;
}
