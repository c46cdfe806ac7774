using System.Collections;
using System.Management.Automation;
using AtlasCloud.PowerShell.Binding;

namespace AtlasCloud.PowerShell.Transformations;

/// <summary>Accepts projects or API keys where their ID is needed, and objects with that ID, such as deserialized ones.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class ManagedIdTransformationAttribute : ArgumentTransformationAttribute
{
    private readonly string[] _properties;

    /// <summary>Creates the attribute.</summary>
    /// <param name="properties">The properties that can contain the ID, the first one first.</param>
    public ManagedIdTransformationAttribute(params string[] properties) => _properties = properties;

    /// <inheritdoc/>
    public override object? Transform(EngineIntrinsics engineIntrinsics, object inputData)
    {
        object? value = PSObjects.Unwrap(inputData);
        return value is IEnumerable items and not string
            ? items.Cast<object?>().Select(item => Convert(item) ?? item).ToArray()
            : Convert(inputData) ?? inputData;
    }

    private object? Convert(object? item) => PSObjects.Unwrap(item) switch
    {
        null => null,
        string text => text,
        _ => _properties.Select(name => PSObject.AsPSObject(item).Properties[name]?.Value as string).FirstOrDefault(text => !string.IsNullOrEmpty(text)),
    };
}
