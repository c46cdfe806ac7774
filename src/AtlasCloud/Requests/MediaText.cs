using System.Collections;
using AtlasCloud.Text;

namespace AtlasCloud.Requests;

/// <summary>Checks text that is given by the model's own name for a media input: the service can fetch an address only, not a path.</summary>
internal static class MediaText
{
    private const int MaxShownLength = 100;

    /// <summary>Whether text in the input must be an address.</summary>
    /// <param name="name">The name of the input.</param>
    /// <param name="parameter">Its description; null if the model publishes no schema.</param>
    internal static bool IsExpected(string name, ModelParameter? parameter) => parameter is null
        ? CommonInputs.FromName(name) is CommonInput common && CommonInputs.IsMedia(common)
        : parameter is { MediaKind: not null, AllowedValues.Count: 0, ItemAllowedValues.Count: 0 };

    /// <summary>Returns a sentence for each text in a value that is not an address.</summary>
    internal static IEnumerable<string> FindErrors(string name, object? value) => value switch
    {
        string text => FindError(name, text) is string error ? [error] : [],
        IDictionary members => members.Keys.Cast<object>().Where(IsAddressMember).SelectMany(k => FindErrors(name, members[k])),
        IEnumerable items => items.Cast<object?>().SelectMany(item => FindErrors(name, item)),
        _ => [],
    };

    private static bool IsAddressMember(object key) => key.ToString() is string name && InputText.NormalizeName(name) is "URL" or "IMAGEURL" or "VIDEOURL" or "AUDIOURL";

    private static string? FindError(string name, string text)
    {
        string shown = SafeText.Sanitize(text, length: MaxShownLength);
        MediaSource? source = MediaSource.FromAddress(text);
        return InputText.IsBlank(text) || IsList(text) ? null
            : source is null or { Path: not null } ? $"'{name}' must be an address (https, data or asset), not '{shown}'."
            : source.HasSeveralAddresses ? $"'{name}' must be one address, not '{shown}'."
            : null;
    }

    // Text in JSON, which is converted to an array or an object later.
    private static bool IsList(string text) => text.AsSpan().TrimStart() is ['[' or '{', ..];
}
