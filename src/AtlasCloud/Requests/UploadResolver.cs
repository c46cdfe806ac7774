using System.Collections;
using System.Collections.Specialized;

namespace AtlasCloud.Requests;

/// <summary>Replaces the addresses of earlier uploads, which the service has deleted by now, by what can be sent again.</summary>
internal sealed class UploadResolver(Request request, MediaResource media)
{
    private readonly Dictionary<string, RequestUpload> _uploads = request.Uploads.DistinctBy(u => u.Address, StringComparer.Ordinal).ToDictionary(u => u.Address, StringComparer.Ordinal);

    internal object? Resolve(string input, object? value) => value switch
    {
        string text => _uploads.TryGetValue(text, out RequestUpload? upload) ? Find(input, upload) : text,
        IDictionary members => ResolveMembers(input, members),
        object?[] items => ResolveItems(input, items),
        _ => value,
    };

    private OrderedDictionary ResolveMembers(string input, IDictionary members)
    {
        OrderedDictionary result = [];
        foreach (DictionaryEntry member in members)
        {
            result[member.Key] = Resolve(input, member.Value);
        }

        return result;
    }

    private object?[] ResolveItems(string input, object?[] items)
    {
        object?[] resolved = [.. items.Select(i => Resolve(input, i))];
        return resolved;
    }

    private MediaSource Find(string input, RequestUpload upload) =>
        upload.Path is string path && File.Exists(path) ? MediaSource.FromKnownFile(path, upload.Sha256)
        : upload.Sha256 is string digest && media.FindUpload(digest) is Media sent ? MediaSource.FromMedia(sent)
        : throw RequestErrors.UploadNotFound(input, upload);
}
