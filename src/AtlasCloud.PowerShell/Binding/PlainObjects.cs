using System.Collections;
using System.Management.Automation;

namespace AtlasCloud.PowerShell.Binding;

/// <summary>Converts dictionaries from JSON to objects with properties.</summary>
internal static class PlainObjects
{
    internal static object? From(object? value) => value switch
    {
        IDictionary members => CreateObject(members),
        object?[] items => items.Select(From).ToArray(),
        _ => value,
    };

    private static PSObject CreateObject(IDictionary members)
    {
        PSObject result = new();
        foreach (DictionaryEntry member in members)
        {
            result.Properties.Add(new PSNoteProperty(member.Key.ToString(), From(member.Value)));
        }

        return result;
    }
}
