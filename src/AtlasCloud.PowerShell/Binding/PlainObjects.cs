using System.Collections;
using System.Management.Automation;

namespace AtlasCloud.PowerShell.Binding;

/// <summary>Makes objects with properties of the dictionaries that JSON turns into, so that they show and pipe like any other.</summary>
internal static class PlainObjects
{
    internal static object? From(object? value) => value switch
    {
        IDictionary members => ObjectOf(members),
        object?[] items => items.Select(From).ToArray(),
        _ => value,
    };

    private static PSObject ObjectOf(IDictionary members)
    {
        PSObject result = new();
        foreach (DictionaryEntry member in members)
        {
            result.Properties.Add(new PSNoteProperty(member.Key.ToString(), From(member.Value)));
        }

        return result;
    }
}
