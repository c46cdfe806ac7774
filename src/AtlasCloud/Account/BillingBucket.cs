using System.Globalization;
using System.Text.Json;
using AtlasCloud.Json;

namespace AtlasCloud.Account;

/// <summary>One day of billing rows in a response.</summary>
/// <param name="Date">The day.</param>
/// <param name="StartAt">The start of the day.</param>
/// <param name="EndAt">The end of the day.</param>
/// <param name="CoveredUntil">The time up to which the rows are complete.</param>
/// <param name="IsPartial">True if the day is not over or not billed completely.</param>
/// <param name="Results">The rows.</param>
internal sealed record BillingBucket(
    DateOnly Date, DateTimeOffset StartAt, DateTimeOffset EndAt, DateTimeOffset CoveredUntil, bool IsPartial, IReadOnlyList<JsonElement> Results)
{
    internal DateTime Midnight => Date.ToDateTime(TimeOnly.MinValue, DateTimeKind.Utc);

    /// <summary>Reads a day; null if it has no date.</summary>
    internal static BillingBucket? Read(JsonElement data)
    {
        DateTimeOffset? start = data.Member("start_at")?.AsTime()?.ToUniversalTime();
        if (ParseDate(data.Text("date")) is not DateOnly date)
        {
            if (start is not DateTimeOffset known)
            {
                return null;
            }

            date = DateOnly.FromDateTime(known.UtcDateTime);
        }

        DateTimeOffset midnight = new(date.ToDateTime(TimeOnly.MinValue), TimeSpan.Zero);
        DateTimeOffset end = data.Member("end_at")?.AsTime()?.ToUniversalTime() ?? midnight.AddDays(1);
        return new BillingBucket(
            date,
            start ?? midnight,
            end,
            data.Member("covered_until")?.AsTime()?.ToUniversalTime() ?? end,
            data.Member("partial")?.AsBoolean() == true,
            [.. data.Member("results").Items()]);
    }

    private static DateOnly? ParseDate(string? text) =>
        DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out DateOnly date) ? date : null;
}
