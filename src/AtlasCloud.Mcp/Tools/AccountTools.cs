using System.Globalization;
using System.Text.Json.Nodes;
using AtlasCloud.Mcp.Results;

namespace AtlasCloud.Mcp.Tools;

/// <summary>get_balance and get_usage.</summary>
internal sealed class AccountTools(AtlasCloudClient client, AtlasMcpOptions options, TimeProvider clock)
{
    private const int DefaultDays = 7;
    private const int MaxRows = 300;

    internal async Task<ToolResult> GetBalanceAsync(ToolCall call, CancellationToken cancellationToken)
    {
        Balance balance = await client.Account.GetBalanceAsync(cancellationToken).ConfigureAwait(false);
        JsonObject result = new()
        {
            ["available"] = balance.Available,
            ["currency"] = DataText.Line(balance.Currency, 10),
            ["budget"] = BudgetResult.Create(client.Budget, options),
        };
        result.Set("frozen", balance.Frozen);
        result.Set("cash", balance.Cash);
        result.Set("bonus", balance.Bonus);
        return new ToolResult(result);
    }

    internal async Task<ToolResult> GetUsageAsync(ToolCall call, CancellationToken cancellationToken)
    {
        DateOnly today = DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime);
        BillingQuery query = new()
        {
            From = today.AddDays(1 - (call.Arguments.Integer("days") ?? DefaultDays)),
            Until = today.AddDays(1),
            GroupBy = [BillingGroup.Model],
        };
        Dictionary<(DateTime Date, string? Model), JsonObject> rows = [];
        JsonObject RowFor(BillingRow row)
        {
            if (!rows.TryGetValue((row.Date, row.Model), out JsonObject? result))
            {
                result = new JsonObject { ["date"] = row.Date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) };
                result.Set("model", DataText.LineOrNull(row.Model, 200));
                result.Set("type", DataText.LineOrNull(row.ModelType, 40));
                rows.Add((row.Date, row.Model), result);
            }

            return result;
        }

        await foreach (UsageRow usage in client.Account.ListUsageAsync(query, cancellationToken).ConfigureAwait(false))
        {
            JsonObject row = RowFor(usage);
            row.Set("requests", usage.Requests);
            row.Set("input_tokens", usage.InputTokens);
            row.Set("output_tokens", usage.OutputTokens);
            row.Set("images", usage.Images);
            row.Set("video_seconds", usage.VideoSeconds);
        }

        decimal total = 0;
        string currency = "usd";
        await foreach (CostRow cost in client.Account.ListCostsAsync(query, cancellationToken).ConfigureAwait(false))
        {
            RowFor(cost)["amount"] = cost.Amount;
            total += cost.Amount;
            currency = DataText.Line(cost.Currency, 10);
        }

        return new ToolResult(new JsonObject
        {
            ["from"] = query.From.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
            ["to"] = today.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
            ["total"] = total,
            ["currency"] = currency,
            ["truncated"] = rows.Count > MaxRows,
            ["rows"] = new JsonArray([.. rows.OrderByDescending(r => r.Key.Date).ThenBy(r => r.Key.Model, StringComparer.Ordinal).Take(MaxRows).Select(r => r.Value)]),
        });
    }
}
