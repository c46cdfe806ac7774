using System.Globalization;
using AtlasCloud.Emulation.Http;

namespace AtlasCloud.Emulation.Predictions;

/// <summary>How long outputs and records are to be kept.</summary>
internal sealed record RetentionHeaders(TimeSpan Outputs, bool ForgetsRecord)
{
    internal const string Objects = "X-AtlasCloud-Object-Expiration-Hours";
    internal const string Requests = "X-AtlasCloud-Request-Retention-Hours";

    private const int MaximumHours = 336;

    /// <summary>Reads the headers, or names the one that is wrong.</summary>
    internal static (RetentionHeaders? Headers, string? Wrong) Read(HeaderCollection headers)
    {
        if (Hours(headers[Objects], 1) is not { } outputs)
        {
            return (null, Objects);
        }

        return Hours(headers[Requests], 0) is { } record
            ? (new RetentionHeaders(TimeSpan.FromHours(outputs), record == 0), null)
            : (null, Requests);
    }

    private static int? Hours(string? text, int minimum)
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
