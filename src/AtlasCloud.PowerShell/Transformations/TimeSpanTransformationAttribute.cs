using System.Management.Automation;
using AtlasCloud.PowerShell.Binding;

namespace AtlasCloud.PowerShell.Transformations;

/// <summary>Reads a time: a bare number is seconds, and 90s, 5m and 2h have a unit. The engine would convert the number 300 to 300 ticks.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class TimeSpanTransformationAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object? Transform(EngineIntrinsics engineIntrinsics, object inputData)
    {
        object? value = PSObjects.Unwrap(inputData);
        return TimeSpanReader.Read(value).ToArgument(value);
    }
}
