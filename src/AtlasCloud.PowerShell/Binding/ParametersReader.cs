using System.Collections;
using System.Collections.Specialized;
using System.Management.Automation;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace AtlasCloud.PowerShell.Binding;

/// <summary>Reads model inputs from a dictionary, an object, or a JSON object.</summary>
internal static class ParametersReader
{
    private const string Expected = "a hashtable, an object or a JSON object";

    /// <summary>Returns an <see cref="IDictionary"/>; null for null and blank text.</summary>
    internal static Conversion Read(object? value) => PSObjects.UnwrapUnlessCustom(value) switch
    {
        IDictionary dictionary => Conversion.Success(dictionary),
        _ when Cells.IsBlank(value) => Conversion.Success(null),
        JsonObject or JsonElement { ValueKind: JsonValueKind.Object } => Conversion.Success(PlainValues.Unwrap(value)),
        PSObject custom => Conversion.Success(FromProperties(custom)),
        string text when ParseObject(text) is JsonObject parsed => Conversion.Success(PlainValues.Unwrap(parsed)),
        object other => Conversion.Failure(Expected, other),
        null => Conversion.Success(null),
    };

    private static OrderedDictionary FromProperties(PSObject custom)
    {
        OrderedDictionary members = [];
        foreach (RowProperty property in RowReader.Read(custom) ?? [])
        {
            members[property.Name] = property.Value;
        }

        return members;
    }

    private static JsonObject? ParseObject(string text)
    {
        try
        {
            return JsonNode.Parse(text) as JsonObject;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
