using System.Management.Automation;
using AtlasCloud.PowerShell.Binding;

namespace AtlasCloud.PowerShell.Transformations;

/// <summary>Takes what a cell of a table can say: nothing for an empty one, true and false as words. The engine would refuse the words.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class ModelInputTransformationAttribute : ArgumentTransformationAttribute
{
    private readonly Type _type;

    /// <summary>For a parameter of this type.</summary>
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

        // A cast to a whole number rounds without a word; what was asked for is not what would be sent then.
        if (_type == typeof(long?) && plain is double or decimal or float && Convert.ToDecimal(plain, System.Globalization.CultureInfo.InvariantCulture) % 1 != 0)
        {
            throw new ArgumentTransformationMetadataException($"{plain} is not a whole number. Nothing was submitted.");
        }

        return inputData;
    }
}
