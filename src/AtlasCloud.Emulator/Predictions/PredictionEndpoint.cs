using System.Text.Json.Nodes;
using AtlasCloud.Emulation.Http;
using AtlasCloud.Emulation.Routing;
using AtlasCloud.Emulation.Scenarios;

namespace AtlasCloud.Emulation.Predictions;

/// <summary>GET /api/v1/model/prediction/{id}, and its two older paths.</summary>
internal sealed class PredictionEndpoint
{
    private readonly TaskStore _tasks;
    private readonly PredictionWriter _document;
    private readonly TimeProvider _clock;

    internal PredictionEndpoint(TaskStore tasks, PredictionWriter document, TimeProvider clock) =>
        (_tasks, _document, _clock) = (tasks, document, clock);

    internal Reply Get(RequestContext context)
    {
        string id = context.RouteValues[0];
        if (_tasks.Find(id) is { Scenario.FallbackOnlyAfter: { } after } task && task.Account == context.Account && _clock.GetUtcNow() - task.CreatedAt >= after)
        {
            context.PredictionId = id;
            return ErrorReply.Create(context, 404, "prediction not found");
        }

        return Read(context, id);
    }

    /// <summary>GET /api/v1/model/result/{id}. It also finds predictions that the current path no longer returns.</summary>
    internal Reply GetFallback(RequestContext context) => Read(context, context.RouteValues[0]);

    /// <summary>GET /api/v1/model/getResult: the oldest path, without an envelope and with the first output only.</summary>
    internal Reply GetLegacyResult(RequestContext context)
    {
        string id = context.Request.Query["predictionId"] ?? "";
        Reply reply = Read(context, id);
        if (reply.Status != 200 || context.Rule?.Variant is not null)
        {
            return reply;
        }

        JsonObject data = _document.Write(_tasks.Find(id)!, _tasks.Find(id)!.StateAt(_clock.GetUtcNow()), _clock.GetUtcNow(), context.Clock.Offset);
        JsonObject result = new() { ["status"] = data["status"]!.DeepClone() };
        if (data["outputs"] is JsonArray { Count: > 0 } outputs)
        {
            result["output"] = outputs[0]!.DeepClone();
        }

        return Reply.Json(result);
    }

    private Reply Read(RequestContext context, string id)
    {
        context.PredictionId = id;
        _tasks.Settle();
        DateTimeOffset now = _clock.GetUtcNow();
        if (_tasks.Find(id) is not { } task || task.Account != context.Account || !task.IsVisible(now))
        {
            return ErrorReply.Create(context, 404, "prediction not found");
        }

        ScenarioTaskRead read = task.CountRead(now);
        TaskState state = read switch
        {
            ScenarioTaskRead.Processing => TaskState.Processing,
            ScenarioTaskRead.Failed => TaskState.Failed,
            _ => task.StateAt(now),
        };
        JsonObject data = _document.Write(task, state, now, context.Clock.Offset);
        if (read == ScenarioTaskRead.NoOutputs)
        {
            PredictionWriter.RemoveOutputs(data);
        }

        if (context.Rule?.Variant is { } variant && new SampleTemplate(data, state.Phase).TryApply(variant) is { } shaped)
        {
            return shaped;
        }

        if (state.Phase == TaskPhase.Failed && task.Scenario.End == ScenarioTaskEnd.Failed500)
        {
            JsonObject failed = new()
            {
                ["id"] = task.Id,
                ["status"] = state.Status,
                ["outputs"] = null,
                ["executionTime"] = 0,
                ["timings"] = new JsonObject { ["inference"] = 0 },
            };
            return Reply.Json(PredictionWriter.Envelope(failed, "Generation failed: " + PredictionWriter.ErrorMessage(task), 500), 500);
        }

        return Reply.Json(PredictionWriter.Envelope(data));
    }
}
