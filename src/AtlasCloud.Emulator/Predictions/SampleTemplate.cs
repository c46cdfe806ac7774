using System.Text.Json.Nodes;
using AtlasCloud.Emulation.Data;
using AtlasCloud.Emulation.Http;

namespace AtlasCloud.Emulation.Predictions;

/// <summary>Fills the shape of a sample with the values of a task.</summary>
internal sealed class SampleTemplate
{
    private static readonly HashSet<string> s_idMembers = new(StringComparer.Ordinal)
    {
        "id", "prediction_id", "predictionId", "request_id", "task_id", "taskId", "session_id",
    };

    private static readonly HashSet<string> s_failureStatuses = new(StringComparer.Ordinal)
    {
        "failed", "error", "timeout", "canceled", "cancelled", "expired",
    };

    private static readonly HashSet<string> s_successStatuses = new(StringComparer.Ordinal) { "completed", "succeeded", "success", "done" };

    private readonly JsonObject _prediction;
    private readonly TaskPhase _phase;

    /// <param name="prediction">The prediction in its usual shape.</param>
    /// <param name="phase">The current phase of the task.</param>
    internal SampleTemplate(JsonObject prediction, TaskPhase phase) => (_prediction, _phase) = (prediction, phase);

    /// <summary>The reply in the shape of the sample; null if the sample shows another phase.</summary>
    internal Reply? TryApply(string path)
    {
        Sample sample = Sample.All[path];
        if (JsonText.TryReadObject(sample.Bytes) is not { } shape || PhaseOf(shape) is { } samplePhase && samplePhase != _phase)
        {
            return null;
        }

        Fill(shape, isEnvelope: shape.ContainsKey("code"));
        return Reply.Json(shape, sample.Status);
    }

    private static TaskPhase? PhaseOf(JsonNode? node)
    {
        if (node is not JsonObject shape)
        {
            return null;
        }

        return (string?)shape["status"] switch
        {
            null => PhaseOf(shape["data"]),
            { } status when s_successStatuses.Contains(status) => TaskPhase.Succeeded,
            { } status when s_failureStatuses.Contains(status) => TaskPhase.Failed,
            _ => TaskPhase.Running,
        };
    }

    private void Fill(JsonObject shape, bool isEnvelope)
    {
        foreach ((string name, JsonNode? value) in shape.ToList())
        {
            if (s_idMembers.Contains(name) && !isEnvelope)
            {
                shape[name] = _prediction["id"]!.DeepClone();
            }
            else if (name is "model" or "created_at" or "completed_at" or "price" or "duration" or "thumbnail" or "files" && _prediction.ContainsKey(name))
            {
                shape[name] = _prediction[name]?.DeepClone();
            }
            else if (name is "outputs" or "output" && _phase == TaskPhase.Succeeded)
            {
                shape[name] = FillOutputs(value);
            }
            else if (name == "urls")
            {
                shape[name] = FillAddresses(value!.AsObject());
            }
            else if (value is JsonObject inner)
            {
                Fill(inner, isEnvelope: false);
            }
            else if (name == "data" && value is JsonArray images)
            {
                FillImages(images);
            }
        }
    }

    /// <summary>The outputs in the shape of the sample: a string, a list, a list of objects, or nested.</summary>
    private JsonNode? FillOutputs(JsonNode? sample)
    {
        JsonArray outputs = _prediction["outputs"] as JsonArray ?? new JsonArray(_prediction["outputs"]?.DeepClone());
        return sample switch
        {
            JsonObject => new JsonObject { ["outputs"] = outputs.DeepClone() },
            JsonArray { Count: 0 } => new JsonArray(),
            JsonArray list when list[0] is JsonObject => new JsonArray([.. outputs.Select((address, i) =>
                new JsonObject { [list[i % list.Count]!.AsObject().First().Key] = address!.DeepClone() })]),
            JsonArray => outputs.DeepClone(),
            null => null,
            _ => outputs.FirstOrDefault()?.DeepClone(),
        };
    }

    private JsonObject FillAddresses(JsonObject sample)
    {
        string poll = (string)_prediction["urls"]!["get"]!;
        JsonObject urls = [];
        foreach ((string name, _) in sample)
        {
            urls[name] = name switch
            {
                "cancel" => poll + "/cancel",
                "result" => poll.Replace("/prediction/", "/result/", StringComparison.Ordinal),
                _ => poll,
            };
        }

        return urls;
    }

    /// <summary>The shape of the synchronous images API.</summary>
    private void FillImages(JsonArray images)
    {
        string member = images.Count > 0 ? images[0]!.AsObject().First().Key : "url";
        images.Clear();
        foreach (JsonNode? output in _prediction["outputs"] as JsonArray ?? [])
        {
            images.Add(new JsonObject { [member] = output!.DeepClone() });
        }
    }
}
