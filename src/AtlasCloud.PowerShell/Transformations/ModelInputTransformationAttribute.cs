using System.Management.Automation;
using AtlasCloud.PowerShell.Binding;

namespace AtlasCloud.PowerShell.Transformations;

/// <summary>Converts the text of table cells: an empty cell to null, and true and false to Boolean values, which the engine would reject.</summary>
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
        object plain = PSObjects.Unwrap(inputData);
        if (_type == typeof(bool?) && plain is string word && bool.TryParse(word.Trim(), out bool isTrue))
        {
            return isTrue;
        }

        // A conversion to an integer would round the value silently.
        if (_type == typeof(long?) && plain is double or decimal or float && Convert.ToDecimal(plain, System.Globalization.CultureInfo.InvariantCulture) % 1 != 0)
        {
            throw new ArgumentTransformationMetadataException($"{plain} is not a whole number. Nothing was submitted.");
        }

        return inputData;
    }
}
