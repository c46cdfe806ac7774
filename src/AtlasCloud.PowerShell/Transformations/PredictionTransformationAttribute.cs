using System.Collections;
using System.Management.Automation;
using AtlasCloud.PowerShell.Binding;

namespace AtlasCloud.PowerShell.Transformations;

/// <summary>Accepts predictions, prediction IDs, and objects with an Id, such as rows of a file and deserialized predictions.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class PredictionTransformationAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData)
    {
        object? value = PSObjects.Unwrap(inputData);

        // Other values are returned unchanged, so that the engine tries other parameters and reports an error if there is none.
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
            JournalEntry entry => entry.ToPrediction() ?? throw new ArgumentTransformationMetadataException(
                $"The journal entry {entry.JournalId} has no prediction ID, because no response to its request has arrived. Get-AtlasPrediction -Pending searches the history for it."),
            Output or Media or Asset or FileSystemInfo or null => null,
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
            IsReused = item.Properties["IsReused"]?.Value is true,
            Files = Deserialized.ReadFiles(item),
        };
    }
}
