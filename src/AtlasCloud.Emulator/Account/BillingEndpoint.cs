using System.Globalization;
using System.Text.Json.Nodes;
using AtlasCloud.Emulation.Http;
using AtlasCloud.Emulation.Routing;

namespace AtlasCloud.Emulation.Account;

/// <summary>GET /public/v1/model-usage and /public/v1/model-costs: usage and costs per day.</summary>
internal sealed class BillingEndpoint
{
    private readonly BillingStatement _statement;
    private readonly bool _isRestricted;
    private readonly TimeProvider _clock;

    /// <param name="statement">The billed items.</param>
    /// <param name="isRestricted">Whether the key lacks the permission to read the billing data of the whole account.</param>
    /// <param name="clock">The clock that decides which day is still open.</param>
    internal BillingEndpoint(BillingStatement statement, bool isRestricted, TimeProvider clock) => (_statement, _isRestricted, _clock) = (statement, isRestricted, clock);

    internal Reply GetUsage(RequestContext context) => Get(context, "usage", BillingRowWriter.WriteUsage);

    internal Reply GetCosts(RequestContext context) => Get(context, "model_cost", BillingRowWriter.WriteCost);

    private Reply Get(RequestContext context, string kind, Func<BillingRequest, IReadOnlyList<BillingLine>, JsonObject> write)
    {
        (BillingRequest? request, BillingError? error) = BillingRequest.Read(context.Request.Query);
        if (error is not null)
        {
            return ErrorReply.CreateBilling(context, 400, "invalid_request_error", error.Code, error.Message, error.Parameter);
        }

        if (request!.IsAccountScope && _isRestricted)
        {
            return ErrorReply.CreateBilling(
                context, 403, "permission_error", "insufficient_permissions", "account-level billing read permission required", "scope");
        }

        List<IReadOnlyList<BillingLine>> rows =
        [
            .. _statement.GetLines().Where(request.Matches)
                .GroupBy(line => (line.Date, Model: request.GroupsByModel ? line.Model : "", Key: request.GroupsByKey ? line.ApiKeyId : ""))
                .OrderBy(row => row.Key.Date).ThenBy(row => row.Key.Model, StringComparer.Ordinal).ThenBy(row => row.Key.Key, StringComparer.Ordinal)
                .Select(row => row.ToList()),
        ];
        IReadOnlyList<BillingLine>[] page = [.. rows.Skip(request.Offset).Take(request.Limit)];
        int next = request.Offset + page.Length;
        return Reply.Json(new JsonObject
        {
            ["object"] = "list",
            ["scope"] = request.IsAccountScope ? "account" : "self",
            ["data"] = new JsonArray([.. page.GroupBy(row => row[0].Date).Select(day => CreateBucket(kind, day.Key, day.Select(row => write(request, row))))]),
            ["has_more"] = next < rows.Count,
            ["next_page"] = next < rows.Count ? request.CreateCursor(next) : null,
            ["request_id"] = context.RequestId,
        });
    }

    private JsonObject CreateBucket(string kind, DateOnly date, IEnumerable<JsonObject> results)
    {
        DateTimeOffset now = _clock.GetUtcNow().ToUniversalTime();
        DateTimeOffset start = new(date.ToDateTime(TimeOnly.MinValue), TimeSpan.Zero);
        DateTimeOffset end = start.AddDays(1);
        return new JsonObject
        {
            ["object"] = kind + ".bucket",
            ["date"] = date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
            ["start_at"] = FormatTime(start),
            ["end_at"] = FormatTime(end),
            ["covered_until"] = FormatTime(now < end ? now : end),
            ["partial"] = now < end,
            ["results"] = new JsonArray([.. results]),
        };
    }

    private static string FormatTime(DateTimeOffset time) => time.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
