using System.Globalization;
using System.Text.Json.Nodes;

namespace AtlasCloud.Management;

/// <summary>
/// The member names and words of the management API that its documentation does not print (API reference, section 24): all of them are here, so that a
/// correction changes one line.
/// </summary>
internal static class ManagementNames
{
    /// <summary>By analogy with daily_limit and monthly_limit.</summary>
    internal const string WeeklyLimit = "weekly_limit";

    /// <summary>The project of a new API key.</summary>
    internal const string ProjectOfKey = "project_id";

    /// <summary>The kind of an allowance.</summary>
    internal const string AllowanceType = "type";

    internal const string Unlimited = "unlimited";
    internal const string Fixed = "fixed";
    internal const string Periodic = "periodic";

    /// <summary>The documented code of a 409 for the maximum number of projects.</summary>
    internal const string ProjectLimitCode = "project_limit_exceeded";

    /// <summary>The parameter that a 409 for a name names.</summary>
    internal const string NameParameter = "name";

    /// <summary>A part of the code and the text of a 409 for an archived project.</summary>
    internal const string Archived = "archived";

    /// <summary>The word of a period.</summary>
    internal static string PeriodWord(AllowancePeriod period) => period switch
    {
        AllowancePeriod.Day => "day",
        AllowancePeriod.Week => "week",
        _ => "month",
    };

    /// <summary>An amount of money in a request.</summary>
    internal static JsonObject Money(decimal amount) =>
        new() { ["value"] = amount.ToString("0.00####", CultureInfo.InvariantCulture), ["currency"] = "usd" };
}
