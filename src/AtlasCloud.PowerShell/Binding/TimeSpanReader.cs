using System.Globalization;

namespace AtlasCloud.PowerShell.Binding;

/// <summary>Reads a time. A bare number is seconds.</summary>
internal static class TimeSpanReader
{
    private const string Expected = "a time such as 90 (seconds), 90s, 5m, 2h or 00:05:00";

    /// <summary>Returns the time; null for null and blank text.</summary>
    internal static Conversion Read(object? value) => value switch
    {
        _ when Cells.IsBlank(value) => Conversion.Success(null),
        TimeSpan => Conversion.Success(value),
        string text when ReadText(text.Trim()) is TimeSpan time => Conversion.Success(time),
        string => Conversion.Failure(Expected, value),
        _ when NumberReader.Read(value, typeof(decimal)).Value is decimal seconds && Multiply(seconds, 1) is TimeSpan time => Conversion.Success(time),
        _ => Conversion.Failure(Expected, value),
    };

    private static TimeSpan? ReadText(string text)
    {
        if (text.Contains(':', StringComparison.Ordinal))
        {
            return TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out TimeSpan time) ? time : null;
        }

        string number = text.TrimEnd([.. "smhdSMHD"]);
        decimal? unit = text[number.Length..].ToLowerInvariant() switch
        {
            "" or "s" => 1,
            "ms" => 0.001m,
            "m" => 60,
            "h" => 3600,
            "d" => 86400,
            _ => null,
        };
        return unit is decimal factor && InputText.TryReadNumber(number, out decimal count) ? Multiply(count, factor) : null;
    }

    private static TimeSpan? Multiply(decimal count, decimal unit)
    {
        try
        {
            return TimeSpan.FromTicks(decimal.ToInt64(decimal.Round(count * unit * TimeSpan.TicksPerSecond)));
        }
        catch (OverflowException)
        {
            return null;
        }
    }
}
