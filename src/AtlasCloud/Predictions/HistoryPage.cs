using System.Text.Json;
using AtlasCloud.Http;
using AtlasCloud.Json;

namespace AtlasCloud.Predictions;

/// <summary>One page of the history. API reference, section 7.</summary>
internal sealed record HistoryPage
{
    // Not documented, but a task that is found there exists nevertheless.
    private static readonly string[] s_otherListNames = ["list", "records", "data", "history"];

    /// <summary>The tasks, in the order of the page.</summary>
    internal required IReadOnlyList<HistoryTask> Tasks { get; init; }

    /// <summary>Whether the response has the documented form. If not, missing tasks mean nothing.</summary>
    internal bool IsDocumented { get; init; }

    /// <summary>The number of tasks that the service claims to have; null if it does not say.</summary>
    internal long? Total { get; init; }

    /// <summary>Reads a response.</summary>
    /// <param name="root">The response.</param>
    /// <param name="model">The model that was searched for; null for all.</param>
    internal static HistoryPage Read(JsonElement root, string? model = null)
    {
        JsonElement data = ResponseEnvelope.Unwrap(root);
        JsonElement? items = data.MemberOrNull("items");

        // An empty page can be null. Without the rest of a page, that is no list.
        bool isEmpty = items?.ValueKind == JsonValueKind.Null && data.FirstMember("pageNo", "total") is not null;
        bool isDocumented = items?.ValueKind == JsonValueKind.Array || isEmpty;
        return new HistoryPage
        {
            Tasks = [.. (isDocumented ? items.Items() : FindList(root, data)).Select(i => HistoryReader.ReadTask(i, model))],
            IsDocumented = isDocumented,
            Total = data.Member("total")?.AsInteger(),
        };
    }

    private static IEnumerable<JsonElement> FindList(JsonElement root, JsonElement data) =>
        new JsonElement?[] { root, root.Member("data"), root.Member("items"), data.Member("items") }
            .Concat(s_otherListNames.Select(n => data.Member(n)))
            .FirstOrDefault(l => l?.ValueKind == JsonValueKind.Array)
            .Items();
}
