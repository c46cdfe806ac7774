namespace AtlasCloud.Models;

/// <summary>What became of a name that stands in the service's own pages but is not, or no longer, shown in its catalog.</summary>
/// <param name="Current">The ids that took its place; where there are several, the name alone does not tell which is meant.</param>
/// <param name="Input">The input that now says what the name said: size or resolution.</param>
/// <param name="Value">The value of that input.</param>
/// <param name="Choice">How to choose, where there are several.</param>
internal sealed record RenamedModel(IReadOnlyList<string> Current, string? Input = null, string? Value = null, string? Choice = null)
{
    private const string Size = "size";
    private const string Resolution = "resolution";
    private const string Wan = "alibaba/wan-2.6/";
    private const string Seedance = "bytedance/seedance-v1.5-pro";

    private static readonly Dictionary<string, RenamedModel> s_all = Table().ToDictionary(e => ModelResolver.Normal(e.Old), e => e.Name, StringComparer.Ordinal);

    /// <summary>What became of this name; null where it is none of these.</summary>
    internal static RenamedModel? Find(string name) => s_all.GetValueOrDefault(ModelResolver.Normal(name));

    private static IEnumerable<(string Old, RenamedModel Name)> Table()
    {
        yield return (Wan + "t2v-720p", new([Wan + "text-to-video"], Size, "1280*720"));
        yield return (Wan + "t2v-1080p", new([Wan + "text-to-video"], Size, "1920*1080"));
        yield return (Wan + "i2v-720p", new([Wan + "image-to-video"], Resolution, "720p"));
        yield return (Wan + "i2v-1080p", new([Wan + "image-to-video"], Resolution, "1080p"));
        yield return (Wan + "i2v-720p-fast", new([Wan + "image-to-video-flash"], Resolution, "720p"));
        yield return (Wan + "v2v-720p-fast", new([Wan + "video-to-video"], Size, "1280*720"));
        foreach ((string old, string now) in new[] { ("t2v", "text-to-video"), ("i2v", "image-to-video") })
        {
            foreach (string resolution in new[] { "480p", "720p", "1080p" })
            {
                yield return ($"{Seedance}-{old}-{resolution}", new([$"{Seedance}/{now}"], Resolution, resolution));
                yield return ($"{Seedance}-{old}-{resolution}-fast", new([$"{Seedance}/{now}-fast"], Resolution, resolution));
            }
        }

        yield return ("alibaba/wan-2.2/animate", new(
            ["alibaba/wan-2.2/animate-move", "alibaba/wan-2.2/animate-mix"],
            Choice: "What was its mode 'animate' is alibaba/wan-2.2/animate-move, what was 'replace' is alibaba/wan-2.2/animate-mix."));
        yield return ("kling-v2.0", new(
            ["kwaivgi/kling-v2.0-t2v-master", "kwaivgi/kling-v2.0-i2v-master"],
            Choice: "kwaivgi/kling-v2.0-t2v-master makes videos from text, kwaivgi/kling-v2.0-i2v-master from an image."));
    }
}
