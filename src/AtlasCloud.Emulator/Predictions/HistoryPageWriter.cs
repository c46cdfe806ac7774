using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using AtlasCloud.Emulation.Scenarios;

namespace AtlasCloud.Emulation.Predictions;

/// <summary>Writes one page of the history, in the format of the service or in that of a scenario.</summary>
internal sealed class HistoryPageWriter
{
    private const string InventedModel = "z-image/turbo";

    private readonly PredictionWriter _document;
    private readonly ScenarioHistoryPage _format;
    private readonly ScenarioClock _clock;
    private readonly DateTimeOffset _now;

    /// <param name="document">Writes the results of tasks.</param>
    /// <param name="format">The format of the page.</param>
    /// <param name="clock">The clock of the reply.</param>
    /// <param name="now">The actual time.</param>
    internal HistoryPageWriter(PredictionWriter document, ScenarioHistoryPage format, ScenarioClock clock, DateTimeOffset now) =>
        (_document, _format, _clock, _now) = (document, format, clock, now);

    internal JsonNode WritePage(List<JsonNode> items, int number, int size, int total)
    {
        // As on the service, the code is a string here and an empty page is null.
        JsonArray? list = items.Count == 0 ? null : new JsonArray([.. items]);
        return _format.Items switch
        {
            HistoryItemsPlace.Root => list ?? [],
            HistoryItemsPlace.Data => Envelope(list ?? []),
            _ => Envelope(new JsonObject
            {
                [_format.Items == HistoryItemsPlace.DataList ? "list" : "items"] = list,
                ["pageNo"] = number,
                ["pageSize"] = size,
                ["total"] = _format.Total ?? total,
            }),
        };
    }

    internal JsonNode WriteItem(EmulatedTask task)
    {
        TaskState state = task.StateAt(_now);
        return new JsonObject
        {
            [_format.IdName] = task.Id,
            ["createdAt"] = FormatTime(task.CreatedAt),
            ["model"] = task.Model.Id,
            ["requestBody"] = task.BodyText,
            ["result"] = state.IsFinal ? _document.Write(task, state, _now, _clock.Offset) : null,
            ["status"] = state.Status,
        };
    }

    /// <summary>A task that does not exist, created at the present.</summary>
    internal JsonNode WriteInventedItem(int index) => new JsonObject
    {
        [_format.IdName] = Convert.ToHexString(SHA256.HashData(BitConverter.GetBytes(index)), 0, 16).ToLowerInvariant(),
        ["createdAt"] = FormatTime(_now),
        ["model"] = InventedModel,
        ["requestBody"] = JsonText.Write(new JsonObject { ["model"] = InventedModel, ["prompt"] = $"invented task {index}" }),
        ["result"] = null,
        ["status"] = TaskState.Processing.Status,
    };

    private static JsonObject Envelope(JsonNode data) => new() { ["code"] = "200", ["message"] = "success", ["data"] = data };

    private JsonNode FormatTime(DateTimeOffset time)
    {
        DateTimeOffset shown = time + _clock.Offset;
        return (_format.Zone, _format.Times) switch
        {
            ({ } zone, _) => shown.ToOffset(zone).ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture),
            (_, HistoryTimeForm.Seconds) => shown.ToUnixTimeSeconds(),
            (_, HistoryTimeForm.Milliseconds) => shown.ToUnixTimeMilliseconds(),
            (_, HistoryTimeForm.MillisecondsText) => shown.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture),
            (_, HistoryTimeForm.Iso) => shown.ToUniversalTime().ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture),
            _ => shown.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture),
        };
    }
}
