using System.ComponentModel;
using System.Globalization;

namespace AtlasCloud.PowerShell.Binding;

/// <summary>
/// What a transformation returns for a value that a parameter cannot take. The engine fails to convert it: for an argument that is an error with this
/// message, and for a property of a pipeline object the engine leaves the parameter unbound, so that <see cref="RowBinder"/> reports all problems of a row.
/// </summary>
/// <param name="value">The value as the error shows it.</param>
/// <param name="problem">What is wrong with it: "must be a number such as 1.5, not 'many'".</param>
[TypeConverter(typeof(UnusableArgumentConverter))]
internal sealed class UnusableArgument(string value, string problem)
{
    internal string Problem => problem;

    /// <inheritdoc/>
    public override string ToString() => value;

    private sealed class UnusableArgumentConverter : TypeConverter
    {
        public override bool CanConvertTo(ITypeDescriptorContext? context, Type? destinationType) => true;

        public override object ConvertTo(ITypeDescriptorContext? context, CultureInfo? culture, object? value, Type destinationType) =>
            throw new FormatException($"The value {(value as UnusableArgument)?.Problem}.");
    }
}
