using System.Globalization;
using System.Text.Json.Nodes;

namespace AtlasCloud.Emulation.Management;

/// <summary>The budget of a project. Zero means no limit.</summary>
internal sealed record BudgetLimits
{
    private static readonly string[] s_members = ["daily_limit", "weekly_limit", "monthly_limit", "total_limit", "usage_alert_percent"];

    internal decimal Daily { get; init; }

    internal decimal Weekly { get; init; }

    internal decimal Monthly { get; init; }

    internal decimal Total { get; init; }

    internal int AlertPercent { get; init; }

    /// <summary>Parses a budget. A member that is missing or null is zero.</summary>
    internal static (BudgetLimits? Budget, ManagementError? Error) Read(JsonNode? node)
    {
        if (node is null)
        {
            return (new BudgetLimits(), null);
        }

        if (node is not JsonObject body)
        {
            return (null, ManagementError.Invalid("budget", "budget must be an object"));
        }

        if (body.Select(member => member.Key).FirstOrDefault(name => !s_members.Contains(name)) is { } unknown)
        {
            return (null, ManagementError.Invalid(unknown, $"unknown field: {unknown}"));
        }

        if (s_members.Take(4).FirstOrDefault(name => MoneyReader.Read(body[name]) is null) is { } invalid)
        {
            return (null, ManagementError.Invalid(invalid, $"{invalid} must be an amount in usd that is not negative"));
        }

        if (body["usage_alert_percent"] is { } percentNode
            && !(int.TryParse(percentNode.ToJsonString(), NumberStyles.None, CultureInfo.InvariantCulture, out int read) && read <= 100))
        {
            return (null, ManagementError.Invalid("usage_alert_percent", "usage_alert_percent must be between 0 and 100"));
        }

        BudgetLimits budget = new()
        {
            Daily = MoneyReader.Read(body["daily_limit"])!.Value,
            Weekly = MoneyReader.Read(body["weekly_limit"])!.Value,
            Monthly = MoneyReader.Read(body["monthly_limit"])!.Value,
            Total = MoneyReader.Read(body["total_limit"])!.Value,
            AlertPercent = (int?)body["usage_alert_percent"] ?? 0,
        };
        return budget is { AlertPercent: > 0, Monthly: 0m }
            ? (null, new ManagementError(400, "invalid_budget", "usage_alert_percent requires a positive monthly_limit", "usage_alert_percent"))
            : (budget, null);
    }

    internal JsonObject ToJson() => new()
    {
        ["daily_limit"] = MoneyReader.Write(Daily),
        ["weekly_limit"] = MoneyReader.Write(Weekly),
        ["monthly_limit"] = MoneyReader.Write(Monthly),
        ["total_limit"] = MoneyReader.Write(Total),
        ["usage_alert_percent"] = AlertPercent,
    };
}
