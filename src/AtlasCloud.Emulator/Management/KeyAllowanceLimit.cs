using System.Text.Json.Nodes;

namespace AtlasCloud.Emulation.Management;

/// <summary>The allowance of a key.</summary>
/// <param name="Type">unlimited, fixed or periodic.</param>
/// <param name="Period">day, week or month; null for the other types.</param>
/// <param name="Amount">The amount; zero if it is unlimited.</param>
internal sealed record KeyAllowanceLimit(string Type, string? Period, decimal Amount)
{
    private static readonly string[] s_members = ["type", "period", "amount"];

    internal static KeyAllowanceLimit Unlimited { get; } = new("unlimited", null, 0m);

    internal static (KeyAllowanceLimit? Allowance, ManagementError? Error) Read(JsonObject? body)
    {
        if (body is null)
        {
            return (null, ManagementError.Invalid(null, "the body must be a JSON object"));
        }

        if (body.Select(member => member.Key).FirstOrDefault(name => !s_members.Contains(name)) is { } unknown)
        {
            return (null, ManagementError.Invalid(unknown, $"unknown field: {unknown}"));
        }

        string? type = (body["type"] as JsonValue)?.ToString();
        string? period = (body["period"] as JsonValue)?.ToString();
        return (type, period, MoneyReader.Read(body["amount"])) switch
        {
            ("unlimited", null, 0m) => (Unlimited, null),
            ("fixed", null, > 0m and decimal amount) => (new KeyAllowanceLimit(type, null, amount), null),
            ("periodic", "day" or "week" or "month", > 0m and decimal amount) => (new KeyAllowanceLimit(type, period, amount), null),
            ("unlimited" or "fixed" or "periodic", _, null) or ("fixed" or "periodic", _, 0m) => (null, ManagementError.Invalid("amount", "amount does not fit the type")),
            ("unlimited" or "fixed" or "periodic", _, _) => (null, ManagementError.Invalid("period", "period does not fit the type")),
            _ => (null, ManagementError.Invalid("type", "type must be unlimited, fixed or periodic")),
        };
    }

    internal JsonObject ToJson() => Type == "unlimited"
        ? new JsonObject { ["type"] = Type }
        : new JsonObject { ["type"] = Type, ["period"] = Period, ["amount"] = MoneyReader.Write(Amount) };
}
