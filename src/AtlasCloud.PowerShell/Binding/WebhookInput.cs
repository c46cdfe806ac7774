using System.Collections;
using System.Collections.Specialized;
using System.Management.Automation;
using System.Text;

namespace AtlasCloud.PowerShell.Binding;

/// <summary>Brings headers and body of a delivery into one form, from the many in which listeners and function hosts hand them out.</summary>
internal static class WebhookInput
{
    /// <summary>The headers, one entry for each value.</summary>
    /// <exception cref="AtlasCloudException">InvalidParameter: it is nothing that holds headers.</exception>
    internal static IReadOnlyList<KeyValuePair<string, string>> Headers(object? value)
    {
        object? given = value is PSObject wrapped and not { BaseObject: PSCustomObject } ? wrapped.BaseObject : value;
        IEnumerable<(object? Name, object? Value)> entries = given switch
        {
            NameValueCollection collection => collection.AllKeys.Select(n => ((object?)n, (object?)collection.GetValues(n))),
            IDictionary dictionary => dictionary.Keys.Cast<object?>().Select(n => (n, dictionary[n!])),
            PSObject custom => custom.Properties.Where(p => p.IsGettable).Select(p => ((object?)p.Name, (object?)p.Value)),
            string => throw Invalid("-Headers is text.", "Give a hashtable or the headers object of the request."),
            IEnumerable pairs => pairs.Cast<object?>().Select(Pair),
            _ => throw Invalid("-Headers holds no headers.", "Give a hashtable or the headers object of the request."),
        };
        return [.. entries.SelectMany(e => Values(e.Value).Select(v => new KeyValuePair<string, string>(e.Name?.ToString() ?? "", v)))];
    }

    /// <summary>The bytes of the body; text becomes those of UTF-8.</summary>
    /// <exception cref="AtlasCloudException">InvalidParameter: it is no longer what came.</exception>
    internal static byte[] Body(object? value) => (value is PSObject wrapped ? wrapped.BaseObject : value) switch
    {
        byte[] bytes => bytes,
        string text => Encoding.UTF8.GetBytes(text),
        object[] items when items.Length > 0 && items.All(i => Plain(i) is byte) => [.. items.Select(i => (byte)Plain(i)!)],
        object[] items when items.Length > 0 && items.All(i => Plain(i) is string) => throw Invalid(
            "The body is a list of lines, and how they were separated is lost.", "Read it in one piece: Get-Content -Raw."),
        _ => throw Invalid(
            "The body was parsed into an object. The signature is over its bytes as they came, and those cannot be had back.",
            "Give the raw body: $Request.RawBody in a function of Azure, or what was read from the InputStream of a listener."),
    };

    // A pair of any dictionary: its key is text, its value text or a list of texts.
    private static (object? Name, object? Value) Pair(object? item)
    {
        PSObject pair = PSObject.AsPSObject(item ?? "");
        return pair.Properties["Key"] is { } name && pair.Properties["Value"] is { } value
            ? (name.Value, value.Value)
            : throw Invalid("-Headers holds something that is no header.", "Give a hashtable or the headers object of the request.");
    }

    private static IEnumerable<string> Values(object? value) => Plain(value) switch
    {
        null => [],
        string text => [text],
        IEnumerable items => items.Cast<object?>().Select(i => Plain(i)?.ToString() ?? ""),
        object other => [other.ToString() ?? ""],
    };

    private static object? Plain(object? value) => value is PSObject wrapped ? wrapped.BaseObject : value;

    private static AtlasCloudException Invalid(string what, string action) =>
        new(AtlasCloudErrorKind.InvalidParameter, $"{what} The delivery was not checked.") { RecommendedAction = action };
}
