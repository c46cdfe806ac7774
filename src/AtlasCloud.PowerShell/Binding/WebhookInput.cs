using System.Collections;
using System.Collections.Specialized;
using System.Management.Automation;
using System.Text;
using AtlasCloud.PowerShell.Pipeline;

namespace AtlasCloud.PowerShell.Binding;

/// <summary>Converts the headers and the body of a delivery from the forms in which listeners and function hosts provide them.</summary>
internal static class WebhookInput
{
    /// <summary>Returns the headers, one entry per value.</summary>
    /// <exception cref="AtlasCloudException">InvalidParameter: the value contains no headers.</exception>
    internal static IReadOnlyList<KeyValuePair<string, string>> ReadHeaders(object? value)
    {
        object? given = PSObjects.UnwrapUnlessCustom(value);
        IEnumerable<(object? Name, object? Value)> entries = given switch
        {
            NameValueCollection collection => collection.AllKeys.Select(n => ((object?)n, (object?)collection.GetValues(n))),
            IDictionary dictionary => dictionary.Keys.Cast<object?>().Select(n => (n, dictionary[n!])),
            PSObject custom => custom.Properties.Where(p => p.IsGettable).Select(p => ((object?)p.Name, (object?)p.Value)),
            string => throw CmdletErrors.WebhookHeadersInvalid("is text"),
            IEnumerable pairs => pairs.Cast<object?>().Select(ReadPair),
            _ => throw CmdletErrors.WebhookHeadersInvalid("contains no headers"),
        };
        return [.. entries.SelectMany(e => ReadValues(e.Value).Select(v => new KeyValuePair<string, string>(e.Name?.ToString() ?? "", v)))];
    }

    /// <summary>Returns the bytes of the body; text is encoded as UTF-8.</summary>
    /// <exception cref="AtlasCloudException">InvalidParameter: the body is no longer raw.</exception>
    internal static byte[] ReadBody(object? value) => PSObjects.Unwrap(value) switch
    {
        byte[] bytes => bytes,
        string text => Encoding.UTF8.GetBytes(text),
        object[] items when items.Length > 0 && items.All(i => PSObjects.Unwrap(i) is byte) => [.. items.Select(i => (byte)PSObjects.Unwrap(i)!)],
        object[] items when items.Length > 0 && items.All(i => PSObjects.Unwrap(i) is string) => throw CmdletErrors.WebhookBodySplit(),
        _ => throw CmdletErrors.WebhookBodyParsed(),
    };

    // An entry of any dictionary type: the value is a text or a list of texts.
    private static (object? Name, object? Value) ReadPair(object? item)
    {
        PSObject pair = PSObject.AsPSObject(item ?? "");
        return pair.Properties["Key"] is { } name && pair.Properties["Value"] is { } value
            ? (name.Value, value.Value)
            : throw CmdletErrors.WebhookHeadersInvalid("contains an element that is not a header");
    }

    private static IEnumerable<string> ReadValues(object? value) => PSObjects.Unwrap(value) switch
    {
        null => [],
        string text => [text],
        IEnumerable items => items.Cast<object?>().Select(i => PSObjects.Unwrap(i)?.ToString() ?? ""),
        object other => [other.ToString() ?? ""],
    };
}
