using System.Globalization;
using System.Text.Json.Nodes;

namespace AtlasCloud.Emulation.Account;

/// <summary>Writes one row of the bill.</summary>
internal static class BillingResult
{
    private static readonly string[] s_tokens =
    [
        "input", "input_audio", "output", "total", "cache_creation", "cache_creation_1h", "cache_read", "cache_audio", "input_image", "output_image",
    ];

    internal static JsonObject Usage(BillingRequest request, IReadOnlyList<BillingLine> lines)
    {
        BilledUse use = lines.Skip(1).Aggregate(lines[0].Use, (sum, line) => sum.Plus(line.Use));
        JsonObject result = Head("usage.result", request, lines[0]);
        JsonObject tokens = [];
        foreach (string name in s_tokens)
        {
            tokens[name] = name switch
            {
                "input" => use.InputTokens,
                "output" => use.OutputTokens,
                "total" => use.InputTokens + use.OutputTokens,
                _ => 0,
            };
        }

        result["usage"] = new JsonObject
        {
            ["requests"] = use.Requests,
            ["tokens"] = tokens,
            ["images"] = use.Images == 0 ? null : new JsonObject { ["count"] = use.Images },
            ["video"] = use.VideoSeconds == 0m ? null : new JsonObject { ["seconds"] = use.VideoSeconds },
        };
        return result;
    }

    internal static JsonObject Cost(BillingRequest request, IReadOnlyList<BillingLine> lines)
    {
        JsonObject result = Head("model_cost.result", request, lines[0]);
        decimal amount = Math.Round(lines.Sum(line => line.Amount), 6, MidpointRounding.AwayFromZero);
        result["amount"] = new JsonObject { ["value"] = amount.ToString("0.000000", CultureInfo.InvariantCulture), ["currency"] = "usd" };
        return result;
    }

    private static JsonObject Head(string kind, BillingRequest request, BillingLine line)
    {
        JsonObject result = new() { ["object"] = kind };
        if (request.ByModel)
        {
            result["model_type"] = line.Use.ModelType;
            result["model"] = new JsonObject { ["id"] = line.ModelId, ["name"] = line.Model, ["type"] = line.Use.ModelType, ["status"] = "active" };
        }

        if (request.ByKey)
        {
            result["api_key"] = new JsonObject { ["id"] = line.ApiKeyId };
        }

        return result;
    }
}
