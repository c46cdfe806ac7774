using System.Globalization;
using System.Text.Json;
using AtlasCloud.Http;

namespace AtlasCloud.Management;

/// <summary>Reads the usage of a time: in full hours, and in windows of the maximum length that the service allows.</summary>
internal static class UsageWindows
{
    private static readonly TimeSpan s_maxWindow = TimeSpan.FromDays(31);

    /// <summary>Returns the sum of all windows.</summary>
    /// <exception cref="AtlasCloudException">The time is empty, the service rejected a request, or a response cannot be read.</exception>
    internal static async Task<SettledUsage> ReadAsync(
        ManagementConnection connection,
        string path,
        ManagementSubject subject,
        DateTimeOffset from,
        DateTimeOffset to,
        Func<SettledUsage, SettledUsage> complete,
        CancellationToken cancellationToken)
    {
        DateTimeOffset start = RoundDown(from);
        DateTimeOffset end = RoundUp(to);
        if (end <= start)
        {
            throw ManagementErrors.InvalidInput("To", Format(end), $"the end of the usage is later than its start, {Format(start)}");
        }

        SettledUsage? sum = null;
        for (DateTimeOffset at = start; at < end;)
        {
            DateTimeOffset until = end - at > s_maxWindow ? at + s_maxWindow : end;
            string query = $"?from={Uri.EscapeDataString(Format(at))}&to={Uri.EscapeDataString(Format(until))}";
            JsonElement root = await connection.GetAsync(path + query, subject, cancellationToken).ConfigureAwait(false);
            SettledUsage part = SettledUsage.Read(ResponseEnvelope.Unwrap(root), at, until);
            sum = sum is null ? part : sum.Add(part);
            at = until;
        }

        return complete(sum!);
    }

    private static DateTimeOffset RoundDown(DateTimeOffset time)
    {
        DateTimeOffset utc = time.ToUniversalTime();
        return utc.AddTicks(-(utc.Ticks % TimeSpan.TicksPerHour));
    }

    private static DateTimeOffset RoundUp(DateTimeOffset time)
    {
        DateTimeOffset down = RoundDown(time);
        return down == time || DateTimeOffset.MaxValue - down < TimeSpan.FromHours(1) ? down : down.AddHours(1);
    }

    private static string Format(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
