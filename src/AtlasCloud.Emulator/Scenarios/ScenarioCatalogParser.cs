using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using AtlasCloud.Emulation.Account;
using AtlasCloud.Emulation.Catalog;

namespace AtlasCloud.Emulation.Scenarios;

/// <summary>Parses the catalog changes and the billing history of a scenario.</summary>
internal static class ScenarioCatalogParser
{
    private const int DefaultModels = 3;
    private const int DefaultRequestsPerDay = 5;

    internal static IReadOnlyList<CatalogChange> ParseChanges(JsonNode? node, string path) => node is JsonArray changes
        ? [.. changes.Select((change, i) => ParseChange(change, $"{path}[{i}]"))]
        : throw new FormatException($"{path}: expected a list of changes.");

    internal static BillingHistory ParseHistory(JsonNode? node, string path)
    {
        ScenarioObject history = new(node, path, "days", "models", "requestsPerDay");
        int days = history.Count("days") ?? throw new FormatException($"{path}.days: expected a number.");
        return days > BillingHistory.MaximumDays
            ? throw new FormatException($"{path}.days: expected at most {BillingHistory.MaximumDays}.")
            : new BillingHistory(days, ParsePositive(history, "models", DefaultModels), ParsePositive(history, "requestsPerDay", DefaultRequestsPerDay));
    }

    private static CatalogChange ParseChange(JsonNode? node, string path)
    {
        ScenarioObject change = new(node, path, "model", "afterRequests", "afterMilliseconds", "gone", "price", "schema", "entry");
        CatalogChange parsed = new(new Wildcard(change.Text("model") ?? throw new FormatException($"{path}.model: expected a string.")))
        {
            AfterRequests = change.Count("afterRequests") ?? 0,
            After = change.Milliseconds("afterMilliseconds") ?? TimeSpan.Zero,
            IsRemoved = change.Flag("gone") ?? false,
            Price = change.Has("price") ? ParsePrice(change["price"], path + ".price") : null,
            Entry = change.Has("entry") ? ParseEntry(change["entry"], path + ".entry") : null,
            Schema = change.Has("schema") ? change["schema"] as JsonObject ?? throw new FormatException($"{path}.schema: expected an object.") : null,
        };
        return parsed is { IsRemoved: false, Price: null, Schema: null, Entry: null }
            ? throw new FormatException($"{path}: expected gone, price, schema or entry.")
            : parsed;
    }

    // Everything can be anything, except for the ID, by which the emulator finds the model.
    private static JsonObject ParseEntry(JsonNode? node, string path)
    {
        JsonObject entry = node as JsonObject ?? throw new FormatException($"{path}: expected an object.");
        return entry.ContainsKey("model") && entry["model"]?.GetValueKind() != JsonValueKind.String
            ? throw new FormatException($"{path}.model: expected a string.")
            : entry;
    }

    // A single number is the base price. Chat models have two prices, given as an object.
    private static JsonObject ParsePrice(JsonNode? node, string path) => node switch
    {
        JsonObject prices => new JsonObject(prices.Select(p => KeyValuePair.Create(p.Key, (JsonNode?)ParseAmount(p.Value, $"{path}.{p.Key}")))),
        _ => new JsonObject { ["base_price"] = ParseAmount(node, path) },
    };

    private static JsonValue ParseAmount(JsonNode? node, string path) =>
        node?.GetValueKind() is JsonValueKind.Number or JsonValueKind.String
        && decimal.TryParse(node.ToString(), NumberStyles.Float, CultureInfo.InvariantCulture, out decimal amount) && amount >= 0m
            ? JsonValue.Create(amount.ToString(CultureInfo.InvariantCulture))
            : throw new FormatException($"{path}: expected a price of 0 or more.");

    private static int ParsePositive(ScenarioObject source, string name, int defaultValue) => (source.Count(name) ?? defaultValue) is > 0 and { } count
        ? count
        : throw new FormatException($"{source.Path}.{name}: expected a whole number of 1 or more.");
}
