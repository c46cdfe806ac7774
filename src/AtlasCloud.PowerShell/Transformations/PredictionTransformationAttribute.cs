using System.Collections;
using System.Management.Automation;
using AtlasCloud.PowerShell.Binding;

namespace AtlasCloud.PowerShell.Transformations;

/// <summary>Takes a prediction as itself, by its id, or as anything with an Id: a row of a file, or one that came from another process.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class PredictionTransformationAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData)
    {
        object? value = PSObjects.Unwrap(inputData);

        // What cannot be one is given back as it came: the engine then looks for another parameter, and says so if there is none.
        return value is IEnumerable items and not string
            ? items.Cast<object?>().Select(item => Convert(item) ?? item).ToArray()
            : Convert(inputData) ?? inputData;
    }

    internal static object? Convert(object? item)
    {
        object? value = PSObjects.Unwrap(item);
        return value switch
        {
            Prediction prediction => prediction,
            string id => new Prediction { Id = id.Trim() },
            JournalEntry entry => entry.ToPrediction(),
            Output or Media or FileSystemInfo or null => null,
            _ => FromProperties(PSObject.AsPSObject(item)),
        };
    }

    private static Prediction? FromProperties(PSObject item)
    {
        string? Text(string name) => item.Properties[name]?.Value?.ToString() is { Length: > 0 } text ? text : null;
        return Text("Id") is not string id ? null : new Prediction
        {
            Id = id,
            Model = Text("Model"),
            Kind = ModelKinds.GuessFromId(Text("Model")),
            Label = Text("Label"),
        };
    }
}
