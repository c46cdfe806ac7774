using System.Collections;

namespace AtlasCloud.Requests;

/// <summary>Media among the values that are given by the model's own input names.</summary>
internal static class MediaValues
{
    /// <summary>Whether a value is a medium or a list that contains one.</summary>
    internal static bool ContainsMedia(object value) =>
        value is MediaSource || (value is IEnumerable several and not (string or IDictionary) && several.OfType<MediaSource>().Any());

    /// <summary>The value with each medium replaced by what is sent for it.</summary>
    internal static object ReplaceMedia(object value, ModelParameter? parameter, Func<MediaSource, string> valueOf) => value switch
    {
        _ when !ContainsMedia(value) => value,
        MediaSource one => valueOf(one),
        MediaSource[] { Length: 1 } single when parameter is not { Type: "array" } => valueOf(single[0]),
        _ => ((IEnumerable)value).Cast<object?>().Select(v => v is MediaSource source ? valueOf(source) : v).ToArray(),
    };
}
