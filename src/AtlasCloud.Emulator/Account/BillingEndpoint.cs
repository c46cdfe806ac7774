using System.Globalization;
using System.Text.Json.Nodes;
using AtlasCloud.Emulation.Http;
using AtlasCloud.Emulation.Routing;

namespace AtlasCloud.Emulation.Account;

/// <summary>GET /public/v1/model-usage and /public/v1/model-costs: what was emulated, by day.</summary>
internal sealed class BillingEndpoint
{
    private readonly BillingBook _book;
    private readonly bool _isRestricted;
    private readonly TimeProvider _clock;

    /// <param name="book">The bill.</param>
    /// <param name="isRestricted">Whether the key may not see the bill of the whole account.</param>
    /// <param name="clock">Says which day is running.</param>
    internal BillingEndpoint(BillingBook book, bool isRestricted, TimeProvider clock) => (_book, _isRestricted, _clock) = (book, isRestricted, clock);

    internal Reply GetUsage(Exchange exchange) => Get(exchange, "usage", BillingResult.Usage);

    internal Reply GetCosts(Exchange exchange) => Get(exchange, "model_cost", BillingResult.Cost);

    private Reply Get(Exchange exchange, string kind, Func<BillingRequest, IReadOnlyList<BillingLine>, JsonObject> write)
    {
        (BillingRequest? request, BillingFault? fault) = BillingRequest.Read(exchange.Request.Query);
        if (fault is not null)
        {
            return Refusal.Public(exchange, 400, "invalid_request_error", fault.Code, fault.Message, fault.Parameter);
        }

        if (request!.WholeAccount && _isRestricted)
        {
            return Refusal.Public(
                exchange, 403, "permission_error", "insufficient_permissions", "account-level billing read permission required", "scope");
        }

        List<IReadOnlyList<BillingLine>> rows =
        [
            .. _book.Lines().Where(request.Takes)
                .GroupBy(line => (line.Date, Model: request.ByModel ? line.Model : "", Key: request.ByKey ? line.ApiKeyId : ""))
                .OrderBy(row => row.Key.Date).ThenBy(row => row.Key.Model, StringComparer.Ordinal).ThenBy(row => row.Key.Key, StringComparer.Ordinal)
                .Select(row => row.ToList()),
        ];
        IReadOnlyList<BillingLine>[] page = [.. rows.Skip(request.Offset).Take(request.Limit)];
        int next = request.Offset + page.Length;
        return Reply.Json(new JsonObject
        {
            ["object"] = "list",
            ["scope"] = request.WholeAccount ? "account" : "self",
            ["data"] = new JsonArray([.. page.GroupBy(row => row[0].Date).Select(day => Bucket(kind, day.Key, day.Select(row => write(request, row))))]),
            ["has_more"] = next < rows.Count,
            ["next_page"] = next < rows.Count ? request.Cursor(next) : null,
            ["request_id"] = exchange.RequestId,
        });
    }

    private JsonObject Bucket(string kind, DateOnly date, IEnumerable<JsonObject> results)
    {
        DateTimeOffset now = _clock.GetUtcNow().ToUniversalTime();
        DateTimeOffset start = new(date.ToDateTime(TimeOnly.MinValue), TimeSpan.Zero);
        DateTimeOffset end = start.AddDays(1);
        return new JsonObject
        {
            ["object"] = kind + ".bucket",
            ["date"] = date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
            ["start_at"] = Text(start),
            ["end_at"] = Text(end),
            ["covered_until"] = Text(now < end ? now : end),
            ["partial"] = now < end,
            ["results"] = new JsonArray([.. results]),
        };
    }

    private static string Text(DateTimeOffset time) => time.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
