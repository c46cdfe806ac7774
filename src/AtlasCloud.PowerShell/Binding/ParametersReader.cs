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
        JsonObject json => Parse(json.ToJsonString(), json),
        JsonElement { ValueKind: JsonValueKind.Object } json => Parse(json.GetRawText(), json),
        PSObject custom => Conversion.Success(FromProperties(custom)),
        string text => Parse(text, text),
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

    private static Conversion Parse(string json, object given)
    {
        try
        {
            return JsonNode.Parse(json) is not JsonObject parsed ? Conversion.Failure(Expected, given)
                : InputJson.FindRepeatedMember(json) is string member ? new Conversion(null, $"contains '{Conversion.Show(member)}' twice in one JSON object")
                : Conversion.Success(PlainValues.Unwrap(parsed));
        }
        catch (JsonException)
        {
            return Conversion.Failure(Expected, given);
        }
    }
}
