using System.Collections.Concurrent;
using AtlasCloud.Text;

namespace AtlasCloud.Requests;

/// <summary>
/// The sizes of local files that some models document outside of their schemas (API reference, sections 8.1 and 14.4). The service decides: a larger file is
/// sent, with a warning.
/// </summary>
internal sealed class ModelMediaLimits
{
    private const int ImageMegabytes = 10;
    private const int ClipMegabytes = 20;
    private const string Studio = "atlascloud/studio/";
    private const string TrendRemix = Studio + "trend-remix";

    // A thousand rows can use the same file.
    private readonly ConcurrentDictionary<(string Model, string Path), bool> _warned = new();

    /// <summary>Logs a warning for each file above the limit of its model, once.</summary>
    /// <param name="model">The model; null if it is not in the catalog.</param>
    /// <param name="request">The request. Its files exist.</param>
    internal void Warn(Model? model, GenerationRequest request)
    {
        foreach (MediaSource source in model is null ? [] : request.AllMedia.Where(m => m.Path is not null).DistinctBy(m => m.Path))
        {
            int? limit = Find(model!, source.Kind);
            FileInfo file = new(source.Path!);
            if (limit is int megabytes && file.Exists && file.Length > megabytes * 1024L * 1024 && _warned.TryAdd((model!.Id, source.Path!), true))
            {
                AtlasCloudLog.Warning(
                    $"{SafeText.Sanitize(file.Name, length: 100)} is {file.Length / 1e6:0} MB, more than the documented limit of {megabytes} MB of {model.Id}. The service may reject the request.");
            }
        }
    }

    private static int? Find(Model model, MediaKind kind) => kind switch
    {
        MediaKind.Image when model.Kind == ModelKind.ThreeD || model.Id.StartsWith(Studio, StringComparison.OrdinalIgnoreCase) => ImageMegabytes,
        MediaKind.Video when model.Id.Equals(TrendRemix, StringComparison.OrdinalIgnoreCase) => ClipMegabytes,
        _ => null,
    };
}
