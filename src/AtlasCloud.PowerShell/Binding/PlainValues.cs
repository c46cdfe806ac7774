using System.Collections;
using System.Collections.Specialized;
using System.Management.Automation;

namespace AtlasCloud.PowerShell.Binding;

/// <summary>Takes the engine's wrapping off values that a user gives, all the way down, so that the core sees plain ones.</summary>
internal static class PlainValues
{
    private const int DeepestNesting = 64;

    /// <summary>The same hashtable with plain values; its order is kept.</summary>
    internal static OrderedDictionary Unwrap(IDictionary parameters)
    {
        OrderedDictionary plain = [];
        foreach (DictionaryEntry entry in parameters)
        {
            plain[entry.Key.ToString()!] = Unwrap(entry.Value, 0);
        }

        return plain;
    }

    /// <summary>Any value without its wrapping: text, numbers, arrays and dictionaries.</summary>
    internal static object? Unwrap(object? value) => Unwrap(value, 0);

    private static object? Unwrap(object? value, int depth)
    {
        if (depth > DeepestNesting)
        {
            throw new AtlasCloudException(AtlasCloudErrorKind.InvalidParameter, "A value under -Parameters is nested too deeply (or contains itself). Nothing was submitted.");
        }

        object? plain = PSObjects.UnwrapUnlessCustom(value);
        return plain switch
        {
            string or Uri or Media or Output or MediaSource => plain,
            FileInfo file => MediaSource.FromFile(file.FullName),
            SwitchParameter flag => flag.IsPresent,
            IDictionary dictionary => Members(dictionary.Keys.Cast<object>().Select(k => (k.ToString()!, dictionary[k])), depth),
            PSObject custom => Members(custom.Properties.Where(p => p.IsGettable).Select(p => (p.Name, (object?)p.Value)), depth),
            IEnumerable items => items.Cast<object?>().Select(item => Unwrap(item, depth + 1)).ToArray(),
            _ => plain,
        };
    }

    private static OrderedDictionary Members(IEnumerable<(string Name, object? Value)> members, int depth)
    {
        OrderedDictionary plain = [];
        foreach ((string name, object? value) in members)
        {
            plain[name] = Unwrap(value, depth + 1);
        }

        return plain;
    }
}
