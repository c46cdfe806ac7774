using System.Text.Json.Nodes;
using AtlasCloud.Emulation.Scenarios;

namespace AtlasCloud.Emulation.Chaos;

/// <summary>Pages of the history that do not show the tasks of the account as they are.</summary>
internal static class HistoryLies
{
    private static readonly TimeSpan s_behind = TimeSpan.FromMinutes(-5);
    private static readonly TimeSpan s_ahead = TimeSpan.FromMinutes(15);

    // Longer than the quarter of an hour after which a client may take a task that is not listed for one that does not exist.
    private static readonly TimeSpan s_lag = TimeSpan.FromMinutes(20);

    internal static IEnumerable<ChaosFault> All() =>
    [
        CreateReply("history-empty-object", new JsonObject()),
        CreateReply("history-null-data", new JsonObject { ["code"] = 200, ["data"] = null }),
        CreateReply("history-sentence", JsonValue.Create("The history is not available at the moment.")),
        CreatePage("history-data-list", new ScenarioHistoryPage { Items = HistoryItemsPlace.DataList }),
        CreatePage("history-data-array", new ScenarioHistoryPage { Items = HistoryItemsPlace.Data }),
        CreatePage("history-bare-array", new ScenarioHistoryPage { Items = HistoryItemsPlace.Root }),
        CreatePage("history-other-id-name", new ScenarioHistoryPage { IdName = "job_no" }),
        CreatePage("history-oldest-first", new ScenarioHistoryPage { IsOldestFirst = true }),
        CreatePage("history-other-zone", new ScenarioHistoryPage { Zone = TimeSpan.FromHours(8) }),
        CreatePage("history-endless", new ScenarioHistoryPage { Pages = HistoryPaging.Endless }),
        CreatePage("history-repeated-page", new ScenarioHistoryPage { Pages = HistoryPaging.Repeat }),
        CreatePage("history-total-too-small", new ScenarioHistoryPage { Total = 0 }),
        CreatePage("history-total-too-large", new ScenarioHistoryPage { Total = int.MaxValue }),
        CreatePage("history-other-account", new ScenarioHistoryPage { IsOfOtherAccount = true }),
        CreatePage("history-lag", new ScenarioHistoryPage { Lag = s_lag }),
        CreateClock("history-clock-behind", new ScenarioClock(s_behind, s_behind)),
        CreateClock("history-clock-ahead", new ScenarioClock(s_ahead, s_ahead)),
        CreateClock("history-times-behind", new ScenarioClock(s_behind, TimeSpan.Zero)),
        CreateClock("history-times-ahead", new ScenarioClock(s_ahead, TimeSpan.Zero)),
    ];

    private static ChaosFault CreateReply(string name, JsonNode body) => Create(name, new ScenarioRule { Reply = new ScenarioReply { Body = body } });

    private static ChaosFault CreatePage(string name, ScenarioHistoryPage page) => Create(name, new ScenarioRule { HistoryPage = page });

    private static ChaosFault CreateClock(string name, ScenarioClock clock) => Create(name, new ScenarioRule { Clock = clock });

    private static ChaosFault Create(string name, ScenarioRule rule) => ChaosFault.Create(name, [RequestKind.History], rule);
}
