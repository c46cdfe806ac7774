using System.Globalization;
using AtlasCloud.PowerShell.Pipeline;

namespace AtlasCloud.PowerShell.Binding;

/// <summary>The outcome of reading a value that a user gave.</summary>
/// <param name="Value">The value in the type of its parameter; null if it cannot be used.</param>
/// <param name="Problem">What is wrong with it, to follow its name: "must be a number such as 1.5, not 'many'"; null if nothing is.</param>
internal readonly record struct Conversion(object? Value, string? Problem)
{
    private const int MaxShownLength = 60;

    internal static Conversion Success(object? value) => new(value, null);

    internal static Conversion Failure(string expected, object? value) => new(null, $"must be {expected}, not {Describe(value)}");

    /// <summary>The value as errors show it.</summary>
    internal static string Show(object? value) => TerminalText.ToSingleLine(Convert.ToString(value, CultureInfo.InvariantCulture) ?? "", MaxShownLength);

    /// <summary>The value for a parameter of the engine, which reports the problem if there is one.</summary>
    internal object? ToArgument(object? given) => Problem is null ? Value : new UnusableArgument(Show(given), Problem);

    private static string Describe(object? value) => value switch
    {
        string or Uri or Enum or ValueType => $"'{Show(value)}'",
        null => "empty",
        _ => $"a value of type {value.GetType().Name}",
    };
}
