using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using AtlasCloud.Emulation.Account;
using AtlasCloud.Emulation.Catalog;

namespace AtlasCloud.Emulation.Scenarios;

/// <summary>Reads the parts of a scenario that are no rules: what becomes of the catalog, and what was billed before.</summary>
internal static class ScenarioCatalogParser
{
    private const int UsualModels = 3;
    private const int UsualRequests = 5;

    internal static IReadOnlyList<CatalogChange> Changes(JsonNode? node, string path) => node is JsonArray changes
        ? [.. changes.Select((change, i) => Change(change, $"{path}[{i}]"))]
        : throw new FormatException($"{path}: a list of changes is expected.");

    internal static BillingPast Past(JsonNode? node, string path)
    {
        ScenarioObject past = new(node, path, "days", "models", "requestsPerDay");
        int days = past.Count("days") ?? throw new FormatException($"{path}.days: a number is expected.");
        return days > BillingPast.MostDays
            ? throw new FormatException($"{path}.days: {BillingPast.MostDays} at most.")
            : new BillingPast(days, Positive(past, "models", UsualModels), Positive(past, "requestsPerDay", UsualRequests));
    }

    private static CatalogChange Change(JsonNode? node, string path)
    {
        ScenarioObject change = new(node, path, "model", "afterRequests", "afterMilliseconds", "gone", "price", "schema");
        CatalogChange read = new(new Wildcard(change.Text("model") ?? throw new FormatException($"{path}.model: text is expected.")))
        {
            AfterRequests = change.Count("afterRequests") ?? 0,
            After = change.Milliseconds("afterMilliseconds") ?? TimeSpan.Zero,
            IsGone = change.Flag("gone") ?? false,
            Price = change.Has("price") ? Price(change["price"], path + ".price") : null,
            Schema = change.Has("schema") ? change["schema"] as JsonObject ?? throw new FormatException($"{path}.schema: an object is expected.") : null,
        };
        return read is { IsGone: false, Price: null, Schema: null }
            ? throw new FormatException($"{path}: gone, price or schema is expected.")
            : read;
    }

    // One number is the base price; language models have two, and are given as an object.
    private static JsonObject Price(JsonNode? node, string path) => node switch
    {
        JsonObject prices => new JsonObject(prices.Select(p => KeyValuePair.Create(p.Key, (JsonNode?)Amount(p.Value, $"{path}.{p.Key}")))),
        _ => new JsonObject { ["base_price"] = Amount(node, path) },
    };

    private static JsonValue Amount(JsonNode? node, string path) =>
        node?.GetValueKind() is JsonValueKind.Number or JsonValueKind.String
        && decimal.TryParse(node.ToString(), NumberStyles.Float, CultureInfo.InvariantCulture, out decimal amount) && amount >= 0m
            ? JsonValue.Create(amount.ToString(CultureInfo.InvariantCulture))
            : throw new FormatException($"{path}: a price of 0 or more is expected.");

    private static int Positive(ScenarioObject from, string name, int usual) => (from.Count(name) ?? usual) is > 0 and { } count
        ? count
        : throw new FormatException($"{from.Path}.{name}: a whole number of 1 or more is expected.");
}
