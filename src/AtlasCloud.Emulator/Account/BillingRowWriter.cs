using System.Globalization;
using System.Text.Json.Nodes;

namespace AtlasCloud.Emulation.Account;

/// <summary>Writes one row of the billing API.</summary>
internal static class BillingRowWriter
{
    private static readonly string[] s_tokenCounters =
    [
        "input", "input_audio", "output", "total", "cache_creation", "cache_creation_1h", "cache_read", "cache_audio", "input_image", "output_image",
    ];

    internal static JsonObject WriteUsage(BillingRequest request, IReadOnlyList<BillingLine> lines)
    {
        BilledUsage usage = lines.Skip(1).Aggregate(lines[0].Usage, (sum, line) => sum.Add(line.Usage));
        JsonObject result = CreateRow("usage.result", request, lines[0]);
        JsonObject tokens = [];
        foreach (string name in s_tokenCounters)
        {
            tokens[name] = name switch
            {
                "input" => usage.InputTokens,
                "output" => usage.OutputTokens,
                "total" => usage.InputTokens + usage.OutputTokens,
                _ => 0,
            };
        }

        result["usage"] = new JsonObject
        {
            ["requests"] = usage.Requests,
            ["tokens"] = tokens,
            ["images"] = usage.Images == 0 ? null : new JsonObject { ["count"] = usage.Images },
            ["video"] = usage.VideoSeconds == 0m ? null : new JsonObject { ["seconds"] = usage.VideoSeconds },
        };
        return result;
    }

    internal static JsonObject WriteCost(BillingRequest request, IReadOnlyList<BillingLine> lines)
    {
        JsonObject result = CreateRow("model_cost.result", request, lines[0]);
        decimal amount = Math.Round(lines.Sum(line => line.Amount), 6, MidpointRounding.AwayFromZero);
        result["amount"] = new JsonObject { ["value"] = amount.ToString("0.000000", CultureInfo.InvariantCulture), ["currency"] = "usd" };
        return result;
    }

    private static JsonObject CreateRow(string kind, BillingRequest request, BillingLine line)
    {
        JsonObject result = new() { ["object"] = kind };
        if (request.GroupsByModel)
        {
            result["model_type"] = line.Usage.ModelType;
            result["model"] = new JsonObject { ["id"] = line.ModelId, ["name"] = line.Model, ["type"] = line.Usage.ModelType, ["status"] = "active" };
        }

        if (request.GroupsByKey)
        {
            result["api_key"] = new JsonObject { ["id"] = line.ApiKeyId };
        }

        return result;
    }
}
