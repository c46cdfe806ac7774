using System.Globalization;
using System.Text.Json.Nodes;
using AtlasCloud.Emulation.Http;
using AtlasCloud.Emulation.Predictions;
using AtlasCloud.Emulation.Routing;

namespace AtlasCloud.Emulation.Account;

/// <summary>GET /public/v1/balance.</summary>
internal sealed class BalanceEndpoint
{
    private readonly AccountBalance _balance;
    private readonly TaskStore _tasks;

    internal BalanceEndpoint(AccountBalance balance, TaskStore tasks) => (_balance, _tasks) = (balance, tasks);

    internal Reply Get(RequestContext context)
    {
        _tasks.Settle();
        decimal available = _balance.Available;
        return Reply.Json(new JsonObject
        {
            ["object"] = "balance",
            ["scope"] = "account",
            ["account"] = new JsonObject { ["id"] = "01a0882d-cdc2-7e20-86c2-471cde219f2f", ["name"] = "Emulator", ["type"] = "personal" },
            ["available"] = FormatAmount(available),
            ["cash"] = FormatAmount(available),
            ["bonus"] = FormatAmount(0m),
            ["subscription_bonus"] = FormatAmount(0m),
            ["frozen"] = FormatAmount(_balance.Frozen),
            ["credit_grant"] = new JsonObject { ["status"] = "normal", ["granted"] = FormatAmount(0m) },
            ["request_id"] = context.RequestId,
        });
    }

    private static JsonObject FormatAmount(decimal value) =>
        new() { ["value"] = value.ToString("0.000000", CultureInfo.InvariantCulture), ["currency"] = "usd" };
}
