using System.Collections;
using System.Data;
using System.Management.Automation;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Xml;
using AtlasCloud.PowerShell.Pipeline;

namespace AtlasCloud.PowerShell.Binding;

/// <summary>Reads the properties of an object of any kind. Properties that the engine or a type file adds to every object of a type do not count.</summary>
internal static class RowReader
{
    // Get-Content, Get-ChildItem and remoting add these to each object.
    private static readonly HashSet<string> s_engineProperties = new(StringComparer.OrdinalIgnoreCase)
    {
        "PSPath", "PSParentPath", "PSChildName", "PSDrive", "PSProvider", "PSIsContainer", "ReadCount", "UnixStat",
        "PSComputerName", "PSShowComputerName", "RunspaceId", "PSSourceJobInstanceId",
    };

    /// <summary>Returns the properties of a row; null for a value without any, such as a list.</summary>
    /// <exception cref="AtlasCloudException">InvalidParameter: a property cannot be read.</exception>
    internal static IReadOnlyList<RowProperty>? Read(object value) => PSObjects.Unwrap(value) switch
    {
        DataRowView view => ReadRow(view.Row),
        DataRow row => ReadRow(row),
        JsonObject json => [.. json.Select(m => Create(m.Key, m.Value))],
        JsonElement { ValueKind: JsonValueKind.Object } json => [.. json.EnumerateObject().Select(m => Create(m.Name, m.Value))],
        IDictionary members => [.. members.Keys.Cast<object>().Select(k => Create(k.ToString() ?? "", members[k])), .. ReadNotes(value)],
        XmlElement element => [.. ReadXml(element)],
        IEnumerable or ValueType => null,
        _ => [.. PSObject.AsPSObject(value).Properties.Where(IsOwn).Select(ReadProperty)],
    };

    /// <summary>Returns the properties that a user added to an object, for example with Add-Member.</summary>
    internal static IEnumerable<RowProperty> ReadNotes(object value) => value is PSObject item
        ? item.Properties.Where(p => p.MemberType == PSMemberTypes.NoteProperty && IsOwn(p)).Select(ReadProperty)
        : [];

    private static bool IsOwn(PSPropertyInfo property) => property is not ResultProperty && property.IsInstance && property.IsGettable && !s_engineProperties.Contains(property.Name);

    private static List<RowProperty> ReadRow(DataRow row) => [.. row.Table.Columns.Cast<DataColumn>().Select(c => Create(c.ColumnName, row[c]))];

    private static IEnumerable<RowProperty> ReadXml(XmlElement element) =>
        element.Attributes.Cast<XmlAttribute>().Select(a => Create(a.LocalName, a.Value))
            .Concat(element.ChildNodes.OfType<XmlElement>().Select(e => Create(e.LocalName, e.InnerText)));

    private static RowProperty ReadProperty(PSPropertyInfo property)
    {
        try
        {
            return Create(property.Name, property.Value);
        }
        catch (GetValueException exception)
        {
            throw CmdletErrors.PropertyUnreadable(property.Name, exception);
        }
    }

    private static RowProperty Create(string name, object? value) => new(
        name, value is JsonNode or JsonElement { ValueKind: not JsonValueKind.Undefined } ? PlainValues.Unwrap(value) : PSObjects.UnwrapUnlessCustom(value));
}
