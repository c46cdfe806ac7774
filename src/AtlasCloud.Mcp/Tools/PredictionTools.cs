using System.Text.Json.Nodes;
using AtlasCloud.Mcp.Results;

namespace AtlasCloud.Mcp.Tools;

/// <summary>get_prediction, wait_prediction and list_predictions.</summary>
internal sealed class PredictionTools(AtlasCloudClient client, ServerLifetime lifetime, TimeProvider clock)
{
    // Many clients give up after 60 s without a result.
    private const int DefaultTimeoutSeconds = 45;
    private const int DefaultLimit = 10;

    internal async Task<ToolResult> GetAsync(ToolCall call, CancellationToken cancellationToken)
    {
        Prediction prediction = await client.Predictions.GetAsync(call.Arguments.RequiredText("prediction_id"), cancellationToken).ConfigureAwait(false);
        return new ToolResult(new JsonObject { ["prediction"] = PredictionResult.Create(prediction) });
    }

    internal async Task<ToolResult> WaitAsync(ToolCall call, CancellationToken cancellationToken)
    {
        using CancellationTokenSource ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, lifetime.Stopping);
        string id = call.Arguments.RequiredText("prediction_id");
        TimeSpan timeout = TimeSpan.FromSeconds(call.Arguments.Integer("timeout_seconds") ?? DefaultTimeoutSeconds);
        Prediction known = client.Predictions.Recent.FirstOrDefault(p => p.Id == id)
            ?? await client.Predictions.GetAsync(id, ending.Token).ConfigureAwait(false);
        long start = clock.GetTimestamp();
        PredictionWatcher watcher = client.Predictions.CreateWatcher(new WatchOptions
        {
            Timeout = timeout,
            OnPolled = p => _ = call.Report(Math.Min(clock.GetElapsedTime(start).TotalSeconds, timeout.TotalSeconds), timeout.TotalSeconds, DataText.Line(p.Status, 60)),
        });
        watcher.Add(known);
        watcher.Complete();
        await watcher.RunAsync(ending.Token).ConfigureAwait(false);
        WatchResult result = await watcher.Finished.ReadAsync(ending.Token).ConfigureAwait(false);
        bool timedOut = result.Failure is { Kind: AtlasCloudErrorKind.PredictionTimedOut };
        return result.Failure is AtlasCloudException failure && !timedOut ? throw failure : new ToolResult(new JsonObject
        {
            ["prediction"] = PredictionResult.Create(result.Prediction),
            ["timed_out"] = timedOut,
        });
    }

    internal async Task<ToolResult> ListAsync(ToolCall call, CancellationToken cancellationToken)
    {
        HistoryQuery query = new()
        {
            Model = call.Arguments.Text("model"),
            State = call.Arguments.Text("state") switch
            {
                "in_flight" => PredictionState.InFlight,
                "succeeded" => PredictionState.Succeeded,
                "failed" => PredictionState.Failed,
                _ => null,
            },
        };
        int limit = call.Arguments.Integer("limit") ?? DefaultLimit;
        JsonArray predictions = [];
        await foreach (Prediction prediction in client.Predictions.ListHistoryAsync(query, cancellationToken).ConfigureAwait(false))
        {
            predictions.Add((JsonNode)PredictionResult.Create(prediction));
            if (predictions.Count >= limit)
            {
                break;
            }
        }

        return new ToolResult(new JsonObject { ["predictions"] = predictions });
    }
}
