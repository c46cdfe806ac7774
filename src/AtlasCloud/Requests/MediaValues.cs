using System.Collections;

namespace AtlasCloud.Requests;

/// <summary>Media under a name of the model's own: they are uploaded like any other.</summary>
internal static class MediaValues
{
    /// <summary>Whether a value is a medium or a list with one.</summary>
    internal static bool AreIn(object value) =>
        value is MediaSource || (value is IEnumerable several and not (string or IDictionary) && several.OfType<MediaSource>().Any());

    /// <summary>The value with what is to be sent for each medium in it.</summary>
    internal static object WithAddresses(object value, ModelParameter? parameter, Func<MediaSource, string> valueOf) => value switch
    {
        _ when !AreIn(value) => value,
        MediaSource one => valueOf(one),
        MediaSource[] { Length: 1 } single when parameter is not { Type: "array" } => valueOf(single[0]),
        _ => ((IEnumerable)value).Cast<object?>().Select(v => v is MediaSource source ? valueOf(source) : v).ToArray(),
    };
}
