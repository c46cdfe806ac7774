using System.Management.Automation;
using AtlasCloud.PowerShell.Binding;

namespace AtlasCloud.PowerShell.Transformations;

/// <summary>Reads a number strictly and without the culture. The engine would convert 1,5 to 15, 1.5 to 2 and an empty cell to 0.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class NumberTransformationAttribute : ArgumentTransformationAttribute
{
    /// <summary>Creates the attribute for a parameter of a type: int, long, decimal or double.</summary>
    public NumberTransformationAttribute(Type type) => Type = type;

    /// <summary>The type of the number.</summary>
    public Type Type { get; }

    /// <summary>The smallest number that is allowed. Default: any.</summary>
    public double Minimum { get; set; } = double.NaN;

    /// <summary>The largest number that is allowed. Default: any.</summary>
    public double Maximum { get; set; } = double.NaN;

    /// <inheritdoc/>
    public override object? Transform(EngineIntrinsics engineIntrinsics, object inputData)
    {
        object? value = PSObjects.Unwrap(inputData);
        return Read(value).ToArgument(value);
    }

    internal Conversion Read(object? value) => NumberReader.Read(value, Type, Minimum, Maximum);
}
