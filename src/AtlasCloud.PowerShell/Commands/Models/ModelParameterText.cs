using System.ComponentModel;
using System.Globalization;

namespace AtlasCloud.PowerShell.Commands;

/// <summary>Computed columns of the views of model parameters. Not for scripts.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class ModelParameterText
{
    private const int LongestList = 48;

    /// <summary>What values it takes, short enough for a table: the values themselves, or their range, lengths and number.</summary>
    public static string Allowed(ModelParameter parameter)
    {
        ArgumentNullException.ThrowIfNull(parameter);
        if (parameter.AllowedValues.Count == 0)
        {
            return Limits(parameter);
        }

        string text = "";
        foreach (string value in parameter.AllowedValues.Select(Plain))
        {
            string longer = text.Length == 0 ? value : $"{text}, {value}";
            if (longer.Length > LongestList && text.Length > 0)
            {
                return text + ", …";
            }

            text = longer;
        }

        return text;
    }

    /// <summary>All values that it takes, each with what it means where the model says so.</summary>
    public static string[] Values(ModelParameter parameter)
    {
        ArgumentNullException.ThrowIfNull(parameter);
        return
        [
            .. parameter.AllowedValues.Select(Plain).Select(value =>
                parameter.Labels[value] is object label && Plain(label) != value ? $"{value} ({Plain(label)})" : value),
        ];
    }

    /// <summary>The range of a number, the length of a text, the number of elements.</summary>
    public static string Limits(ModelParameter parameter)
    {
        ArgumentNullException.ThrowIfNull(parameter);
        string step = parameter.Step is decimal distance and not 1 ? $" step {Plain(distance)}" : "";
        return string.Join(", ", new[]
        {
            Range(parameter.Minimum, parameter.Maximum, "") + step,
            Range(parameter.MinimumLength, parameter.MaximumLength, " characters"),
            Range(parameter.MinimumCount, parameter.MaximumCount, " items"),
        }.Select(t => t.Trim()).Where(t => t.Length > 0));
    }

    private static string Range<T>(T? from, T? to, string unit)
        where T : struct => (from, to) switch
        {
            (null, null) => "",
            (T low, null) => $"from {Plain(low)}{unit}",
            (null, T high) => $"to {Plain(high)}{unit}",
            (T low, T high) => $"{Plain(low)}..{Plain(high)}{unit}",
        };

    private static string Plain(object? value) => value switch
    {
        null => "null",
        bool yes => yes ? "true" : "false",
        decimal number => number.ToString("0.############", CultureInfo.InvariantCulture),
        _ => Convert.ToString(value, CultureInfo.InvariantCulture) ?? "",
    };
}
