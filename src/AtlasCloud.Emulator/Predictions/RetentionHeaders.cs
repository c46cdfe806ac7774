using System.Globalization;
using AtlasCloud.Emulation.Http;

namespace AtlasCloud.Emulation.Predictions;

/// <summary>The requested retention of outputs and records.</summary>
internal sealed record RetentionHeaders(TimeSpan Outputs, bool DeletesRecord)
{
    internal const string ObjectExpirationHeader = "X-AtlasCloud-Object-Expiration-Hours";
    internal const string RecordRetentionHeader = "X-AtlasCloud-Request-Retention-Hours";

    private const int MaximumHours = 336;

    /// <summary>Parses the headers, or returns the name of the invalid one.</summary>
    internal static (RetentionHeaders? Headers, string? Wrong) Read(HeaderCollection headers)
    {
        if (ParseHours(headers[ObjectExpirationHeader], 1) is not { } outputs)
        {
            return (null, ObjectExpirationHeader);
        }

        return ParseHours(headers[RecordRetentionHeader], 0) is { } record
            ? (new RetentionHeaders(TimeSpan.FromHours(outputs), record == 0), null)
            : (null, RecordRetentionHeader);
    }

    private static int? ParseHours(string? text, int minimum)
    {
        if (text is null)
        {
            return MaximumHours;
        }

        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int hours) && hours >= minimum && hours <= MaximumHours
            ? hours
            : null;
    }
}
