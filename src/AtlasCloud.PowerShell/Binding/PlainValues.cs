using System.Collections;
using System.Collections.Specialized;
using System.Management.Automation;
using System.Management.Automation.Internal;
using System.Text.Json;
using System.Text.Json.Nodes;
using AtlasCloud.PowerShell.Pipeline;

namespace AtlasCloud.PowerShell.Binding;

/// <summary>Unwraps values at all levels, so that the library receives no types of the engine.</summary>
internal static class PlainValues
{
    private const int MaxDepth = 64;

    /// <summary>Returns a dictionary with unwrapped values in the same order.</summary>
    internal static OrderedDictionary Unwrap(IDictionary parameters)
    {
        OrderedDictionary plain = [];
        foreach (DictionaryEntry entry in parameters)
        {
            plain[entry.Key.ToString()!] = Unwrap(entry.Value, 0);
        }

        return plain;
    }

    /// <summary>Returns a value as text, numbers, arrays and dictionaries.</summary>
    internal static object? Unwrap(object? value) => Unwrap(value, 0);

    private static object? Unwrap(object? value, int depth)
    {
        if (depth > MaxDepth)
        {
            throw CmdletErrors.NestedTooDeeply();
        }

        object? plain = ReferenceEquals(value, AutomationNull.Value) ? null : PSObjects.UnwrapUnlessCustom(value);
        return plain switch
        {
            string or Uri or Media or Asset or Output or MediaSource => plain,
            FileInfo file => MediaSource.FromFile(file.FullName),
            SwitchParameter flag => flag.IsPresent,
            JsonElement json => Unwrap(JsonNode.Parse(json.GetRawText()), depth),
            JsonObject json => CreateDictionary(ReadMembers(json), depth),
            JsonArray json => json.Select(item => Unwrap(item, depth + 1)).ToArray(),
            JsonValue json => json.TryGetValue(out string? text) ? text : json.TryGetValue(out bool flag) ? flag : ToNumber(json),
            IDictionary dictionary => CreateDictionary(dictionary.Keys.Cast<object>().Select(k => (k.ToString()!, dictionary[k])), depth),
            PSObject custom => CreateDictionary(custom.Properties.Where(p => p.IsGettable).Select(p => (p.Name, (object?)p.Value)), depth),
            IEnumerable items => items.Cast<object?>().Select(item => Unwrap(item, depth + 1)).ToArray(),
            _ => plain,
        };
    }

    // A number that a decimal cannot represent stays as it was written.
    private static object ToNumber(JsonValue json) => json.TryGetValue(out long whole) ? whole : json.TryGetValue(out decimal number) ? number : json;

    // The members of a node are read when they are first used, and only then does it find a repeated one.
    private static IEnumerable<(string Name, object? Value)> ReadMembers(JsonObject json)
    {
        try
        {
            return [.. json.Select(m => (m.Key, (object?)m.Value))];
        }
        catch (ArgumentException exception)
        {
            throw CmdletErrors.JsonMemberRepeated(InputJson.FindRepeatedMember(json.ToJsonString()) ?? "", exception);
        }
    }

    private static OrderedDictionary CreateDictionary(IEnumerable<(string Name, object? Value)> members, int depth)
    {
        OrderedDictionary plain = [];
        foreach ((string name, object? value) in members)
        {
            plain[name] = Unwrap(value, depth + 1);
        }

        return plain;
    }
}
