using System.Text.Json.Nodes;
using AtlasCloud.Emulation.Http;
using AtlasCloud.Emulation.Routing;
using AtlasCloud.Emulation.Scenarios;

namespace AtlasCloud.Emulation.Predictions;

/// <summary>GET /api/v1/model/prediction/{id}, and its two older spellings.</summary>
internal sealed class PredictionEndpoint
{
    private readonly TaskStore _tasks;
    private readonly PredictionDocument _document;
    private readonly TimeProvider _clock;

    internal PredictionEndpoint(TaskStore tasks, PredictionDocument document, TimeProvider clock) =>
        (_tasks, _document, _clock) = (tasks, document, clock);

    internal Reply Get(Exchange exchange)
    {
        string id = exchange.Places[0];
        if (_tasks.Find(id) is { Plan.FallbackOnlyAfter: { } after } task && _clock.GetUtcNow() - task.Created >= after)
        {
            exchange.PredictionId = id;
            return Refusal.Of(exchange, 404, "prediction not found");
        }

        return Read(exchange, id);
    }

    /// <summary>The first of the older spellings. It finds what the usual one has lost.</summary>
    internal Reply GetOlder(Exchange exchange) => Read(exchange, exchange.Places[0]);

    /// <summary>The oldest spelling answers without an envelope, and with the first output only.</summary>
    internal Reply GetResult(Exchange exchange)
    {
        string id = exchange.Request.Query["predictionId"] ?? "";
        Reply reply = Read(exchange, id);
        if (reply.Status != 200 || exchange.Rule?.Variant is not null)
        {
            return reply;
        }

        JsonObject data = _document.Write(_tasks.Find(id)!, _tasks.Find(id)!.State(_clock.GetUtcNow()), _clock.GetUtcNow());
        JsonObject result = new() { ["status"] = data["status"]!.DeepClone() };
        if (data["outputs"] is JsonArray { Count: > 0 } outputs)
        {
            result["output"] = outputs[0]!.DeepClone();
        }

        return Reply.Json(result);
    }

    private Reply Read(Exchange exchange, string id)
    {
        exchange.PredictionId = id;
        _tasks.Settle();
        DateTimeOffset now = _clock.GetUtcNow();
        if (_tasks.Find(id) is not { } task || !task.IsVisible(now))
        {
            return Refusal.Of(exchange, 404, "prediction not found");
        }

        TaskState state = task.State(now);
        JsonObject data = _document.Write(task, state, now);
        if (exchange.Rule?.Variant is { } variant && new VariantShape(data, state.Phase).TryApply(variant) is { } shaped)
        {
            return shaped;
        }

        if (state.Phase == TaskPhase.Failed && task.Plan.End == ScenarioEnd.Failed500)
        {
            JsonObject failed = new()
            {
                ["id"] = task.Id,
                ["status"] = state.Status,
                ["outputs"] = null,
                ["executionTime"] = 0,
                ["timings"] = new JsonObject { ["inference"] = 0 },
            };
            return Reply.Json(PredictionDocument.Envelope(failed, "Generation failed: " + PredictionDocument.ErrorOf(task), 500), 500);
        }

        return Reply.Json(PredictionDocument.Envelope(data));
    }
}
