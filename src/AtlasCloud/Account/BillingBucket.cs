using System.Globalization;
using System.Text.Json;
using AtlasCloud.Json;

namespace AtlasCloud.Account;

/// <summary>One day of the bill as the service sends it.</summary>
/// <param name="Date">The day.</param>
/// <param name="StartAt">When it begins.</param>
/// <param name="EndAt">When it ends.</param>
/// <param name="CoveredUntil">Up to when it is complete.</param>
/// <param name="IsPartial">Whether it is not over.</param>
/// <param name="Results">Its rows.</param>
internal sealed record BillingBucket(
    DateOnly Date, DateTimeOffset StartAt, DateTimeOffset EndAt, DateTimeOffset CoveredUntil, bool IsPartial, IReadOnlyList<JsonElement> Results)
{
    internal DateTime Midnight => Date.ToDateTime(TimeOnly.MinValue, DateTimeKind.Utc);

    /// <summary>Reads a day; null where it does not say which.</summary>
    internal static BillingBucket? Read(JsonElement data)
    {
        DateTimeOffset? start = data.Member("start_at")?.AsTime()?.ToUniversalTime();
        if (DateOf(data.Text("date")) is not DateOnly date)
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

    private static DateOnly? DateOf(string? text) =>
        DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out DateOnly date) ? date : null;
}
