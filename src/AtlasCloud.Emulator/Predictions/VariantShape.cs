using System.Text.Json.Nodes;
using AtlasCloud.Emulation.Data;
using AtlasCloud.Emulation.Http;

namespace AtlasCloud.Emulation.Predictions;

/// <summary>Puts the facts of a task into the shape of a sample.</summary>
internal sealed class VariantShape
{
    private static readonly HashSet<string> s_ids = new(StringComparer.Ordinal)
    {
        "id", "prediction_id", "predictionId", "request_id", "task_id", "taskId", "session_id",
    };

    private static readonly HashSet<string> s_failureWords = new(StringComparer.Ordinal)
    {
        "failed", "error", "timeout", "canceled", "cancelled", "expired",
    };

    private static readonly HashSet<string> s_successWords = new(StringComparer.Ordinal) { "completed", "succeeded", "success", "done" };

    private readonly JsonObject _facts;
    private readonly TaskPhase _phase;

    /// <param name="facts">The prediction as the service usually writes it.</param>
    /// <param name="phase">Where the task stands.</param>
    internal VariantShape(JsonObject facts, TaskPhase phase) => (_facts, _phase) = (facts, phase);

    /// <summary>The reply in the shape of the sample; null where the sample shows another phase than the task is in.</summary>
    internal Reply? TryApply(string path)
    {
        Sample sample = Sample.All[path];
        if (JsonText.TryReadObject(sample.Bytes) is not { } shape || PhaseOf(shape) is { } shown && shown != _phase)
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
            { } word when s_successWords.Contains(word) => TaskPhase.Succeeded,
            { } word when s_failureWords.Contains(word) => TaskPhase.Failed,
            _ => TaskPhase.Running,
        };
    }

    private void Fill(JsonObject shape, bool isEnvelope)
    {
        foreach ((string name, JsonNode? value) in shape.ToList())
        {
            if (s_ids.Contains(name) && !isEnvelope)
            {
                shape[name] = _facts["id"]!.DeepClone();
            }
            else if (name is "model" or "created_at" or "completed_at" or "price" or "duration" or "thumbnail" or "files" && _facts.ContainsKey(name))
            {
                shape[name] = _facts[name]?.DeepClone();
            }
            else if (name is "outputs" or "output" && _phase == TaskPhase.Succeeded)
            {
                shape[name] = Outputs(value);
            }
            else if (name == "urls")
            {
                shape[name] = Addresses(value!.AsObject());
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

    /// <summary>The real outputs, as text, list, list of objects or nested once more, as the sample has them.</summary>
    private JsonNode? Outputs(JsonNode? sample)
    {
        JsonArray real = _facts["outputs"]!.AsArray();
        return sample switch
        {
            JsonObject => new JsonObject { ["outputs"] = real.DeepClone() },
            JsonArray { Count: 0 } => new JsonArray(),
            JsonArray list when list[0] is JsonObject => new JsonArray([.. real.Select((address, i) =>
                new JsonObject { [list[i % list.Count]!.AsObject().First().Key] = address!.DeepClone() })]),
            JsonArray => real.DeepClone(),
            null => null,
            _ => real.FirstOrDefault()?.DeepClone(),
        };
    }

    private JsonObject Addresses(JsonObject sample)
    {
        string poll = (string)_facts["urls"]!["get"]!;
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
        foreach (JsonNode? output in _facts["outputs"] as JsonArray ?? [])
        {
            images.Add(new JsonObject { [member] = output!.DeepClone() });
        }
    }
}
