using System.Text.Json.Nodes;

namespace AtlasCloud.Emulation.Scenarios;

/// <summary>Parses the history page of a rule.</summary>
internal static class ScenarioHistoryPageParser
{
    private const double MaximumZoneHours = 14;

    private static readonly Dictionary<string, HistoryItemsPlace> s_places = new(StringComparer.Ordinal)
    {
        ["data.items"] = HistoryItemsPlace.DataItems,
        ["data.list"] = HistoryItemsPlace.DataList,
        ["data"] = HistoryItemsPlace.Data,
        ["root"] = HistoryItemsPlace.Root,
    };

    private static readonly Dictionary<string, bool> s_orders = new(StringComparer.Ordinal) { ["newest-first"] = false, ["oldest-first"] = true };

    private static readonly string[] s_filterNames = ["sessionID", "status", "state", "model", "modelPrefix"];

    private static readonly Dictionary<string, int> s_filters = s_filterNames.Select((name, i) => KeyValuePair.Create(name, i)).ToDictionary(StringComparer.Ordinal);

    private static readonly Dictionary<string, HistoryTimeForm> s_times = new(StringComparer.Ordinal)
    {
        ["seconds-text"] = HistoryTimeForm.SecondsText,
        ["seconds"] = HistoryTimeForm.Seconds,
        ["milliseconds"] = HistoryTimeForm.Milliseconds,
        ["milliseconds-text"] = HistoryTimeForm.MillisecondsText,
        ["iso"] = HistoryTimeForm.Iso,
    };

    private static readonly Dictionary<string, HistoryPaging> s_pagings = new(StringComparer.Ordinal)
    {
        ["normal"] = HistoryPaging.Normal,
        ["repeat"] = HistoryPaging.Repeat,
        ["endless"] = HistoryPaging.Endless,
    };

    internal static ScenarioHistoryPage Parse(JsonNode? node, string path)
    {
        ScenarioObject page = new(node, path, "items", "idName", "order", "zoneHours", "pages", "total", "otherAccount", "lagMilliseconds", "ignoredFilters", "times");
        return new ScenarioHistoryPage
        {
            Items = page.Choice("items", s_places),
            IdName = page.Text("idName") ?? ScenarioHistoryPage.ServiceIdName,
            IsOldestFirst = page.Choice("order", s_orders),
            Lag = page.Milliseconds("lagMilliseconds") ?? TimeSpan.Zero,
            Zone = page.Number("zoneHours") switch
            {
                null => null,
                >= -MaximumZoneHours and <= MaximumZoneHours and { } hours => TimeSpan.FromHours(hours),
                _ => throw new FormatException($"{path}.zoneHours: expected a number from -14 to 14."),
            },
            IgnoredFilters = page.Choices("ignoredFilters", s_filters).Select(i => s_filterNames[i]).ToArray(),
            Times = page.Choice("times", s_times),
            Pages = page.Choice("pages", s_pagings),
            Total = page.Count("total"),
            IsOfOtherAccount = page.Flag("otherAccount") ?? false,
        };
    }
}
