using ModelContextProtocol.Protocol;

namespace AtlasCloud.Mcp.Results;

/// <summary>Previews of saved files: images that are small enough for the context of an assistant, unchanged.</summary>
internal static class FilePreview
{
    private const int MaxBytes = 256 * 1024;
    private const int MaxImages = 4;

    private static readonly Dictionary<string, string> s_contentTypes = new(StringComparer.OrdinalIgnoreCase)
    {
        [".png"] = "image/png",
        [".jpg"] = "image/jpeg",
        [".jpeg"] = "image/jpeg",
        [".webp"] = "image/webp",
        [".gif"] = "image/gif",
        [".mp4"] = "video/mp4",
        [".webm"] = "video/webm",
        [".mov"] = "video/quicktime",
        [".mp3"] = "audio/mpeg",
        [".wav"] = "audio/wav",
        [".ogg"] = "audio/ogg",
        [".flac"] = "audio/flac",
        [".glb"] = "model/gltf-binary",
        [".zip"] = "application/zip",
        [".json"] = "application/json",
        [".txt"] = "text/plain",
    };

    /// <summary>The content type by the extension, which the library derives from the content when it saves a file.</summary>
    internal static string ContentTypeOf(string path) => s_contentTypes.GetValueOrDefault(Path.GetExtension(path), "application/octet-stream");

    internal static async Task<IReadOnlyList<ContentBlock>> CreateAsync(IEnumerable<SavedFile> files, CancellationToken cancellationToken)
    {
        List<ContentBlock> previews = [];
        foreach (SavedFile file in files.Where(f => f.Length <= MaxBytes && IsShown(ContentTypeOf(f.Path))).Take(MaxImages))
        {
            previews.Add(ImageContentBlock.FromBytes(await File.ReadAllBytesAsync(file.Path, cancellationToken).ConfigureAwait(false), ContentTypeOf(file.Path)));
        }

        return previews;
    }

    private static bool IsShown(string contentType) => contentType is "image/png" or "image/jpeg" or "image/webp" or "image/gif";
}
