using System.Management.Automation;

namespace AtlasCloud.PowerShell.Parameters;

/// <summary>Takes an empty text as nothing given. A CSV row has empty cells, and the engine would make a 0 of them.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class EmptyMeansNoneAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData) =>
        (inputData is PSObject wrapped ? wrapped.BaseObject : inputData) is string text && string.IsNullOrWhiteSpace(text) ? null! : inputData;
}
