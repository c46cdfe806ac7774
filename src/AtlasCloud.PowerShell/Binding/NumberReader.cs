using System.Globalization;

namespace AtlasCloud.PowerShell.Binding;

/// <summary>Reads a number in one strict way. Nothing is rounded, and text is read without the culture, so that 1,5 never becomes 15.</summary>
internal static class NumberReader
{
    /// <summary>Returns the number in a type; null for null and blank text.</summary>
    /// <param name="value">Text or a number.</param>
    /// <param name="type">int, long, decimal or double.</param>
    /// <param name="minimum">The smallest number that is allowed; NaN for any.</param>
    /// <param name="maximum">The largest number that is allowed; NaN for any.</param>
    internal static Conversion Read(object? value, Type type, double minimum = double.NaN, double maximum = double.NaN)
    {
        bool isWhole = type == typeof(int) || type == typeof(long);
        string expected = isWhole ? "a whole number such as 7" : "a number such as 1.5";
        return Cells.IsBlank(value) ? Conversion.Success(null)
            : ReadDecimal(value) is not decimal number || (isWhole && number != decimal.Truncate(number)) ? Conversion.Failure(expected, value)
            : (double)number < minimum || (double)number > maximum ? Conversion.Failure(DescribeRange(minimum, maximum), value)
            : isWhole && (number < long.MinValue || number > long.MaxValue) ? Conversion.Failure("a smaller number", value)
            : type == typeof(int) && (number < int.MinValue || number > int.MaxValue) ? Conversion.Failure("a smaller number", value)
            : Conversion.Success(Convert.ChangeType(number, type, CultureInfo.InvariantCulture));
    }

    private static decimal? ReadDecimal(object? value)
    {
        switch (value)
        {
            case string text:
                return InputText.TryReadNumber(text, out decimal parsed) ? parsed : null;
            case decimal or byte or sbyte or short or ushort or int or uint or long or ulong:
                return Convert.ToDecimal(value, CultureInfo.InvariantCulture);
            case double or float:
                // Through text, which fails for numbers that a decimal cannot represent.
                return ReadDecimal(((IFormattable)value).ToString("R", CultureInfo.InvariantCulture));
            default:
                return null;
        }
    }

    private static string DescribeRange(double minimum, double maximum) => double.IsNaN(maximum)
        ? string.Create(CultureInfo.InvariantCulture, $"at least {minimum}")
        : string.Create(CultureInfo.InvariantCulture, $"between {minimum} and {maximum}");
}
