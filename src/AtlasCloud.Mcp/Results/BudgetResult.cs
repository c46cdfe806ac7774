using System.Text.Json.Nodes;

namespace AtlasCloud.Mcp.Results;

/// <summary>Converts the limits of the server and what is left of them to a result.</summary>
internal static class BudgetResult
{
    internal static JsonObject Create(Budget budget, AtlasMcpOptions options)
    {
        JsonObject result = [];
        result.Set("limit", budget.Limit);
        result.Set("spent", budget.Spent);
        result.Set("reserved", budget.Reserved);
        result.Set("remaining", budget.Remaining);
        result.Set("max_cost", options.MaxCost);
        result.Set("confirm_above", options.ConfirmAbove);
        return result;
    }
}
