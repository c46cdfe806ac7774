using System.Collections;
using System.Management.Automation;
using System.Text.Json.Nodes;
using AtlasCloud.PowerShell.Pipeline;

namespace AtlasCloud.PowerShell.Binding;

/// <summary>Finds the request in an object that describes one that was submitted before, to submit it again.</summary>
internal static class EarlierRequest
{
    private const string RequestName = "request";
    private const string ModelName = "model";
    private const string LabelName = "label";

    // A larger file is no description of a request.
    private const long MaxFileBytes = 16 * 1024 * 1024;

    /// <summary>Returns the inputs of a prediction without outputs, or of the metadata of a saved file; null for any other object.</summary>
    /// <param name="value">The object, with its original type.</param>
    /// <param name="input">The same object as it was piped.</param>
    /// <exception cref="AtlasCloudException">InvalidParameter: the prediction does not contain its request.</exception>
    internal static IReadOnlyList<RowProperty>? Find(object value, PSObject input) => value switch
    {
        Prediction { State: PredictionState.Failed, Outputs.Count: 0 } failed =>
            failed.Request is null ? throw CmdletErrors.RequestUnknown(failed.Id) : AddLabel(RowReader.Read(failed.Request), failed.Label),
        FileInfo { Extension: string extension } file when extension.Equals(".json", StringComparison.OrdinalIgnoreCase) => ReadFile(file),
        PSCustomObject or IDictionary or JsonNode => FindIn(RowReader.Read(input)),
        _ => null,
    };

    private static List<RowProperty>? FindIn(IReadOnlyList<RowProperty>? metadata)
    {
        object? request = Get(metadata, RequestName);
        if (request is null or string || RowReader.Read(request) is not IReadOnlyList<RowProperty> inputs)
        {
            return null;
        }

        object? model = Get(inputs, ModelName) ?? Get(metadata, ModelName);
        if (model is null)
        {
            return null;
        }

        List<RowProperty> row = AddLabel(inputs, Get(metadata, LabelName))!;
        if (Get(inputs, ModelName) is null)
        {
            row.Add(new RowProperty(ModelName, model));
        }

        return row;
    }

    private static List<RowProperty>? ReadFile(FileInfo file)
    {
        try
        {
            return file.Exists && file.Length < MaxFileBytes && JsonNode.Parse(File.ReadAllText(file.FullName)) is JsonObject metadata ? FindIn(RowReader.Read(metadata)) : null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or System.Text.Json.JsonException)
        {
            // It is treated as media, whose errors describe the file.
            return null;
        }
    }

    private static List<RowProperty>? AddLabel(IReadOnlyList<RowProperty>? inputs, object? label) =>
        inputs is null ? null : [.. inputs, .. label is null || Get(inputs, LabelName) is not null ? Array.Empty<RowProperty>() : [new RowProperty("Label", label)]];

    private static object? Get(IReadOnlyList<RowProperty>? properties, string name) =>
        properties?.FirstOrDefault(p => p.Name.Equals(name, StringComparison.OrdinalIgnoreCase))?.Value;
}
