using System.ComponentModel;
using System.Globalization;

namespace AtlasCloud.PowerShell.Commands;

/// <summary>Computes columns of the views of model parameters. Not for scripts.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class ModelParameterText
{
    private const int MaxListLength = 48;

    /// <summary>Returns the allowed values, short enough for a table: the values, or their range, length and number.</summary>
    public static string Allowed(ModelParameter parameter)
    {
        ArgumentNullException.ThrowIfNull(parameter);
        if (parameter.AllowedValues.Count == 0)
        {
            return Limits(parameter);
        }

        string text = "";
        foreach (string value in parameter.AllowedValues.Select(Format))
        {
            string longer = text.Length == 0 ? value : $"{text}, {value}";
            if (longer.Length > MaxListLength && text.Length > 0)
            {
                return text + ", …";
            }

            text = longer;
        }

        return text;
    }

    /// <summary>Returns all allowed values, each with its label if the model has one.</summary>
    public static string[] Values(ModelParameter parameter)
    {
        ArgumentNullException.ThrowIfNull(parameter);
        return
        [
            .. parameter.AllowedValues.Select(Format).Select(value =>
                parameter.Labels[value] is object label && Format(label) != value ? $"{value} ({Format(label)})" : value),
        ];
    }

    /// <summary>Returns the range of a number, the length of a string or the number of elements.</summary>
    public static string Limits(ModelParameter parameter)
    {
        ArgumentNullException.ThrowIfNull(parameter);
        string step = parameter.Step is decimal distance and not 1 ? $" step {Format(distance)}" : "";
        return string.Join(", ", new[]
        {
            FormatRange(parameter.Minimum, parameter.Maximum, "") + step,
            FormatRange(parameter.MinimumLength, parameter.MaximumLength, " characters"),
            FormatRange(parameter.MinimumCount, parameter.MaximumCount, " items"),
        }.Select(t => t.Trim()).Where(t => t.Length > 0));
    }

    private static string FormatRange<T>(T? from, T? to, string unit)
        where T : struct => (from, to) switch
        {
            (null, null) => "",
            (T low, null) => $"from {Format(low)}{unit}",
            (null, T high) => $"to {Format(high)}{unit}",
            (T low, T high) => $"{Format(low)}..{Format(high)}{unit}",
        };

    private static string Format(object? value) => value switch
    {
        null => "null",
        bool yes => yes ? "true" : "false",
        decimal number => number.ToString("0.############", CultureInfo.InvariantCulture),
        _ => Convert.ToString(value, CultureInfo.InvariantCulture) ?? "",
    };
}
