using System.Collections;
using System.Collections.Specialized;

namespace AtlasCloud.Requests;

/// <summary>Media among the values that are given by the model's own input names.</summary>
internal static class MediaValues
{
    // Deeper values are refused when they are converted to JSON.
    private const int MaxDepth = 64;

    /// <summary>The media in a value: the value itself, elements of lists, and members of objects.</summary>
    internal static IEnumerable<MediaSource> FindMedia(object? value, int depth = 0) => value switch
    {
        MediaSource media => [media],
        _ when depth > MaxDepth => [],
        IDictionary members => members.Values.Cast<object?>().SelectMany(v => FindMedia(v, depth + 1)),
        IEnumerable items and not string => items.Cast<object?>().SelectMany(v => FindMedia(v, depth + 1)),
        _ => [],
    };

    /// <summary>The value with each medium replaced by what is sent for it.</summary>
    internal static object ReplaceMedia(object value, ModelParameter? parameter, Func<MediaSource, string> valueOf)
    {
        // A list of one is what a wildcard and an array of one element give.
        bool isSingle = value is IList { Count: 1 } && parameter is not { Type: "array" } && (parameter is not null || value is MediaSource[]);
        return !FindMedia(value).Any() ? value : Replace(isSingle ? ((IList)value)[0]! : value, isElement: true);

        object Replace(object value, bool isElement) => value switch
        {
            MediaSource media when isElement && parameter is { ItemType: "object" } => ToObject(parameter, media),
            MediaSource media => valueOf(media),
            IDictionary members => ReplaceMembers(members),
            IEnumerable items and not string => items.Cast<object?>().Select(v => v is null ? null : Replace(v, isElement)).ToArray(),
            _ => value,
        };

        OrderedDictionary ReplaceMembers(IDictionary members)
        {
            OrderedDictionary result = [];
            foreach (DictionaryEntry member in members)
            {
                result[member.Key] = member.Value is null ? null : Replace(member.Value, isElement: false);
            }

            return result;
        }

        OrderedDictionary ToObject(ModelParameter parameter, MediaSource media)
        {
            OrderedDictionary result = new() { ["url"] = valueOf(media) };
            if (parameter.Name == "refers")
            {
                result["type"] = media.Kind switch { MediaKind.Video => "video", MediaKind.Audio => "audio", _ => "image" };
            }

            return result;
        }
    }
}
