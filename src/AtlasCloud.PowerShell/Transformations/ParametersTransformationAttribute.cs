using System.Management.Automation;
using AtlasCloud.PowerShell.Binding;

namespace AtlasCloud.PowerShell.Transformations;

/// <summary>Accepts model inputs as a dictionary, as an object such as that of ConvertFrom-Json, and as JSON.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class ParametersTransformationAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object? Transform(EngineIntrinsics engineIntrinsics, object inputData)
    {
        Conversion read = ParametersReader.Read(inputData);
        return read.Problem is string problem ? new UnusableParameters(problem) : read.Value;
    }
}
