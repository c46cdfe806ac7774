using System.Collections;
using System.Collections.Specialized;
using AtlasCloud.Json;

namespace AtlasCloud.Predictions;

/// <summary>The details of a transcript or of lyrics, which are results beside the outputs.</summary>
internal static class PredictionDetails
{
    private static readonly string[] s_names = ["stt_result", "lyrics_result"];

    /// <summary>Whether there are details with content.</summary>
    internal static bool Exist(OrderedDictionary properties) => s_names.Any(n => !IsEmpty(properties[n]));

    /// <summary>The details as JSON texts, one for each member with content.</summary>
    internal static IEnumerable<string> ReadTexts(OrderedDictionary properties) =>
        s_names.Where(n => !IsEmpty(properties[n])).Select(n => JsonValues.ToJson(properties[n])!.ToJsonString(AtlasJson.Readable));

    private static bool IsEmpty(object? value) => value switch
    {
        null or "" => true,
        IDictionary members => members.Values.Cast<object?>().All(IsEmpty),
        object?[] items => items.All(IsEmpty),
        _ => false,
    };
}
