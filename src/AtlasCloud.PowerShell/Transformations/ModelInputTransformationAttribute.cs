using System.Collections;
using System.Management.Automation;
using AtlasCloud.PowerShell.Binding;

namespace AtlasCloud.PowerShell.Transformations;

/// <summary>Reads numbers strictly, and converts the words true and false to Boolean values, which the engine would reject.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class ModelInputTransformationAttribute : ArgumentTransformationAttribute
{
    private readonly Type _type;

    /// <summary>Creates the attribute for a parameter of a type.</summary>
    public ModelInputTransformationAttribute(Type type) => _type = type;

    /// <summary>The type of the parameter.</summary>
    public Type Type => _type;

    /// <inheritdoc/>
    public override bool TransformNullOptionalParameters => false;

    /// <inheritdoc/>
    public override object? Transform(EngineIntrinsics engineIntrinsics, object inputData)
    {
        object? plain = PSObjects.Unwrap(inputData);
        if (_type == typeof(bool?) && plain is string word && bool.TryParse(word.Trim(), out bool isTrue))
        {
            return isTrue;
        }

        if (_type == typeof(long?) || _type == typeof(decimal?))
        {
            return NumberReader.Read(plain, Nullable.GetUnderlyingType(_type)!).ToArgument(plain);
        }

        return _type == typeof(long[]) || _type == typeof(decimal[]) ? ReadNumbers(plain, _type.GetElementType()!) : inputData;
    }

    private static object? ReadNumbers(object? given, Type type)
    {
        object?[] items = given is IEnumerable several and not string ? [.. several.Cast<object?>().Select(PSObjects.Unwrap)] : [given];
        return items.Select(i => NumberReader.Read(i, type).ToArgument(i)).ToArray();
    }
}
