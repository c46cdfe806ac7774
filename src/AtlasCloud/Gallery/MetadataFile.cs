using System.Collections.Specialized;
using System.Text.Json;
using AtlasCloud.FileTypes;
using AtlasCloud.Json;
using AtlasCloud.Storage;

namespace AtlasCloud.Gallery;

/// <summary>The .json file that describes a saved file. Its content is not trusted: it is only displayed, and never leads to another file.</summary>
internal sealed class MetadataFile
{
    /// <summary>The input that contains the prompt.</summary>
    internal const string PromptName = "prompt";

    private const string Extension = ".json";

    // A prompt of a megabyte is possible, but a larger file is not the metadata of a result.
    private const long MaxLength = 16 * 1024 * 1024;

    private readonly string _path;
    private readonly JsonElement _content;

    private MetadataFile(string path, JsonElement content) => (_path, _content) = (path, content);

    /// <summary>Returns the file that a metadata file describes, by its name, or the path itself if it is not a metadata file.</summary>
    /// <exception cref="AtlasCloudException">InvalidParameter: the file does not exist or is a folder.</exception>
    internal static string FindMedia(string path)
    {
        if (Directory.Exists(path))
        {
            throw GalleryErrors.FileIsFolder(path);
        }

        if (!File.Exists(path))
        {
            throw GalleryErrors.FileMissing(path);
        }

        string media = IsMetadata(path) ? path[..^Extension.Length] : path;
        if (!File.Exists(media))
        {
            throw GalleryErrors.DescribedFileMissing(path, media);
        }

        // A pipe or a device would be read without an end.
        LocalFile.EnsureReadable(media);
        return media;
    }

    /// <summary>Whether a file describes another one: lyrics.json is a result, and image.png.json describes image.png.</summary>
    internal static bool IsMetadata(string path) =>
        path.EndsWith(Extension, StringComparison.OrdinalIgnoreCase)
        && FileType.FromExtension(path[..^Extension.Length]) is not null
        && Parse(path) is JsonElement content
        && content.Member("id") is not null
        && content.Member("file") is not null;

    /// <summary>Returns the metadata of a file; null if there is none that can be read.</summary>
    internal static MetadataFile? Read(string media) => Parse(media + Extension) is JsonElement content ? new MetadataFile(media + Extension, content) : null;

    /// <summary>Returns the item with the content of the file.</summary>
    internal GalleryItem AddTo(GalleryItem item)
    {
        OrderedDictionary? request = _content.Member("request") is JsonElement { ValueKind: JsonValueKind.Object } inputs ? JsonValues.FromJson(inputs) as OrderedDictionary : null;
        DateTimeOffset? created = _content.Member("created_at")?.AsTime();
        DateTimeOffset? completed = _content.Member("completed_at")?.AsTime();
        return item with
        {
            MetadataPath = _path,
            PredictionId = _content.Text("id"),
            Model = _content.Text("model") ?? request?["model"] as string,
            Prompt = request?[PromptName] as string,
            Label = _content.Text("label"),
            Price = _content.Member("price")?.AsDecimal(),
            Currency = _content.Text("currency")?.ToLowerInvariant() ?? item.Currency,
            CreatedAt = created,
            RunTime = completed >= created ? completed - created : null,
            Request = request,
        };
    }

    private static JsonElement? Parse(string path)
    {
        try
        {
            return File.Exists(path) && LocalFile.GetLength(path) is > 0 and < MaxLength && JsonText.Parse(File.ReadAllBytes(path)) is JsonElement { ValueKind: JsonValueKind.Object } content ? content : null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            AtlasCloudLog.Warning($"'{path}' cannot be read: {exception.Message}");
            return null;
        }
    }
}
