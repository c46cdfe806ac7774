using System.Globalization;
using System.Text.Json.Nodes;
using AtlasCloud.Emulation.Media;
using AtlasCloud.Emulation.Pricing;
using AtlasCloud.Emulation.Scenarios;

namespace AtlasCloud.Emulation.Predictions;

/// <summary>Writes a task as a prediction object of the service.</summary>
internal sealed class PredictionWriter
{
    private readonly Uri _baseUri;
    private readonly EmulatorOptions _options;

    internal PredictionWriter(Uri baseUri, EmulatorOptions options) => (_baseUri, _options) = (baseUri, options);

    internal static JsonObject Envelope(JsonNode? data, string message = "", int code = 200) =>
        new() { ["code"] = code, ["message"] = message, ["data"] = data };

    internal string PollAddressFor(string id) => $"{_baseUri}api/v1/model/prediction/{id}";

    internal string AddressOf(EmulatedTask task, OutputFile item)
    {
        string address = _options.OutputsWithoutExtension
            ? $"{_baseUri}outputs/{task.Id}/{item.Index}?X-Tos-Expires=86400&X-Tos-Signature={task.Id[..8]}"
            : $"{_baseUri}outputs/{task.Id}/{item.Index}.{item.Extension}";
        if (_options.OutputAddressLifetime is { } lifetime)
        {
            address = AddQuery(address, "Expires", (_options.Clock.GetUtcNow() + lifetime).ToUnixTimeMilliseconds());
        }

        return task.LinkGeneration == 0 ? address : AddQuery(address, DownloadEndpoint.GenerationParameter, task.LinkGeneration);
    }

    /// <summary>Writes a task in the given state. The state can differ from the one that the clock implies, as in submit replies.</summary>
    /// <param name="task">The task.</param>
    /// <param name="state">Its state.</param>
    /// <param name="now">The actual time.</param>
    /// <param name="clockOffset">The offset of the written times.</param>
    internal JsonObject Write(EmulatedTask task, TaskState state, DateTimeOffset now, TimeSpan clockOffset = default)
    {
        bool succeeded = state.Phase == TaskPhase.Succeeded;
        JsonArray? outputs = succeeded ? WriteOutputs(task) : null;
        JsonObject data = new()
        {
            ["id"] = task.Id,
            ["model"] = task.Model.Id,
            ["outputs"] = outputs,
            ["urls"] = new JsonObject { ["get"] = PollAddressFor(task.Id) },
            ["has_nsfw_contents"] = succeeded ? NsfwFlags(task, outputs!.Count) : null,
            ["status"] = state.Status,
            ["created_at"] = FormatTime(task.CreatedAt + clockOffset),
            ["error"] = state.Phase == TaskPhase.Failed ? ErrorMessage(task) : "",
        };
        if (!state.IsFinal)
        {
            return data;
        }

        data["completed_at"] = FormatTime(task.EndsAt + clockOffset);
        data["executionTime"] = (long)task.Duration.TotalMilliseconds;
        data["timings"] = new JsonObject { ["inference"] = (long)task.Duration.TotalMilliseconds };
        data["latency_ms"] = (long)task.Duration.TotalMilliseconds;
        if (state.Phase == TaskPhase.Failed && task.Scenario.ErrorCode is { } code)
        {
            data["error_code"] = code;
        }

        if (succeeded && task.Scenario.End == ScenarioTaskEnd.Completed)
        {
            AddResults(data, task);
        }

        if (succeeded && task.IsPricePublished(now))
        {
            data["price"] = task.Scenario.Price?.DeepClone() ?? Quote.FormatAmount(task.Quote.Settled);
        }

        if (succeeded && task.HasOutputs)
        {
            data["outputs"] = OutputFormatter.Format(outputs!, task.Scenario.Outputs);
        }

        return data;
    }

    /// <summary>Removes what a task has generated.</summary>
    internal static void RemoveOutputs(JsonObject data)
    {
        (data["outputs"], data["has_nsfw_contents"]) = (new JsonArray(), null);
        _ = data.Remove("files") | data.Remove("thumbnail");
    }

    internal static string FormatTime(DateTimeOffset time) =>
        time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);

    internal static string ErrorMessage(EmulatedTask task) => task.Scenario.Error ?? task.Scenario.End switch
    {
        ScenarioTaskEnd.Timeout => "task timed out",
        ScenarioTaskEnd.Canceled => "canceled",
        ScenarioTaskEnd.Expired => "",
        _ => "task processing failed (code: generation_failed)",
    };

    private static string AddQuery(string address, string name, long value) =>
        string.Create(CultureInfo.InvariantCulture, $"{address}{(address.Contains('?', StringComparison.Ordinal) ? '&' : '?')}{name}={value}");

    private void AddResults(JsonObject data, EmulatedTask task)
    {
        if (task.Outputs.Seconds is { } seconds)
        {
            data["duration"] = seconds;
        }

        if (task.Outputs.Thumbnail is { } thumbnail)
        {
            data["thumbnail"] = AddressOf(task, thumbnail);
        }

        if (task.Outputs.Files.Count > 0)
        {
            data["files"] = new JsonArray([.. task.Outputs.Files.Select(file => new JsonObject
            {
                ["type"] = file.Extension,
                ["url"] = AddressOf(task, file),
                ["content_type"] = file.ContentType,
            })]);
        }

        foreach ((string name, JsonNode? value) in task.Outputs.Extra)
        {
            data[name] = value?.DeepClone();
        }
    }

    private JsonArray WriteOutputs(EmulatedTask task)
    {
        if (task.Scenario.End is ScenarioTaskEnd.Nsfw or ScenarioTaskEnd.Empty)
        {
            return [];
        }

        if (task.Outputs.Text is { } text)
        {
            return [text];
        }

        bool inline = task.Values.Flag("enable_base64_output");
        return new JsonArray([.. task.Outputs.Results.Select(item =>
            JsonValue.Create(inline ? Convert.ToBase64String(item.Render()) : AddressOf(task, item)))]);
    }

    private static JsonArray? NsfwFlags(EmulatedTask task, int outputs) => task.Scenario.End switch
    {
        ScenarioTaskEnd.Nsfw => [true],
        ScenarioTaskEnd.Empty => null,
        _ => new JsonArray([.. Enumerable.Range(0, outputs).Select(_ => JsonValue.Create(false))]),
    };
}
