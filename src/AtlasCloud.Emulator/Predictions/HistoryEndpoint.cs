using System.Globalization;
using System.Text.Json.Nodes;
using AtlasCloud.Emulation.Http;
using AtlasCloud.Emulation.Routing;
using AtlasCloud.Emulation.Scenarios;

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
        ScenarioHistoryPage format = context.Rule?.HistoryPage ?? ScenarioHistoryPage.Normal;
        QueryString query = context.Request.Query;
        int pageNumber = Math.Max(1, ParseInteger(query["no"]) ?? 1);
        int pageSize = Math.Clamp(ParseInteger(query["size"]) ?? DefaultSize, 1, MaximumSize);
        IReadOnlyList<EmulatedTask> own = format.IsOfOtherAccount ? [] : _tasks.NewestFirst;
        List<EmulatedTask> matching = [.. own.Where(task => task.IsListed(context.Account, now) && now - task.CreatedAt >= format.Lag && Matches(task, query, format, now))];
        if (format.IsOldestFirst)
        {
            matching.Reverse();
        }

        HistoryPageWriter page = new(_document, format, context.Clock, now);
        int skipped = format.Pages == HistoryPaging.Repeat ? 0 : (int)Math.Min(int.MaxValue, (pageNumber - 1L) * pageSize);
        List<JsonNode> items = [.. matching.Skip(skipped).Take(pageSize).Select(page.WriteItem)];
        bool isFilled = format.Pages == HistoryPaging.Endless || (format.IsOfOtherAccount && pageNumber == 1);
        items.AddRange(Enumerable.Range(0, isFilled ? pageSize - items.Count : 0).Select(i => page.WriteInventedItem(skipped + i)));
        return Reply.Json(page.WritePage(items, pageNumber, pageSize, format.Pages == HistoryPaging.Endless ? int.MaxValue : Math.Max(matching.Count, items.Count)));
    }

    private static bool Matches(EmulatedTask task, QueryString query, ScenarioHistoryPage format, DateTimeOffset now)
    {
        string? Filter(string name) => query[name] is { Length: > 0 } value && !format.IgnoredFilters.Contains(name) ? value : null;
        return (Filter("state") is not { } phase || phase.Equals(task.StateAt(now).Phase.ToString(), StringComparison.OrdinalIgnoreCase)) &&
            (Filter("status") is not { } status || status.Equals(task.StateAt(now).Status, StringComparison.OrdinalIgnoreCase)) &&
            (Filter("sessionID") is not { } id || id == task.Id) &&
            (Filter("model") is not { } model || model == task.Model.Id) &&
            (Filter("modelPrefix") is not { } prefix || task.Model.Id.StartsWith(prefix, StringComparison.Ordinal));
    }

    private static int? ParseInteger(string? text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int value) ? value : null;
}
