using System.Globalization;
using System.Text.Json.Nodes;
using AtlasCloud.Emulation.Http;
using AtlasCloud.Emulation.Predictions;
using AtlasCloud.Emulation.Routing;

namespace AtlasCloud.Emulation.Account;

/// <summary>GET /public/v1/balance.</summary>
internal sealed class BalanceEndpoint
{
    private readonly Wallet _wallet;
    private readonly TaskStore _tasks;

    internal BalanceEndpoint(Wallet wallet, TaskStore tasks) => (_wallet, _tasks) = (wallet, tasks);

    internal Reply Get(Exchange exchange)
    {
        _tasks.Settle();
        decimal available = _wallet.Available;
        return Reply.Json(new JsonObject
        {
            ["object"] = "balance",
            ["scope"] = "account",
            ["account"] = new JsonObject { ["id"] = "01a0882d-cdc2-7e20-86c2-471cde219f2f", ["name"] = "Emulator", ["type"] = "personal" },
            ["available"] = Money(available),
            ["cash"] = Money(available),
            ["bonus"] = Money(0m),
            ["subscription_bonus"] = Money(0m),
            ["frozen"] = Money(_wallet.Frozen),
            ["credit_grant"] = new JsonObject { ["status"] = "normal", ["granted"] = Money(0m) },
            ["request_id"] = exchange.RequestId,
        });
    }

    private static JsonObject Money(decimal value) =>
        new() { ["value"] = value.ToString("0.000000", CultureInfo.InvariantCulture), ["currency"] = "usd" };
}
