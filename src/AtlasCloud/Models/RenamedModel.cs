using AtlasCloud.Text;

namespace AtlasCloud.Models;

/// <summary>What replaced a name that the service's own pages use although its catalog no longer shows it.</summary>
/// <param name="CurrentIds">The IDs that replaced it. If there are several, the former name does not say which one is meant.</param>
/// <param name="Input">The input that now carries what the name implied: size or resolution; null if there is none.</param>
/// <param name="Value">The value of that input.</param>
/// <param name="Explanation">How the current models differ, in a sentence; null if there is one.</param>
internal sealed record RenamedModel(IReadOnlyList<string> CurrentIds, string? Input = null, string? Value = null, string? Explanation = null)
{
    private const string Size = "size";
    private const string Resolution = "resolution";
    private const string Wan = "alibaba/wan-2.6/";
    private const string Seedance = "bytedance/seedance-v1.5-pro";

    private static readonly Dictionary<string, RenamedModel> s_all = ListAll().ToDictionary(e => NameSuggester.Normalize(e.Former), e => e.Replacement, StringComparer.Ordinal);

    /// <summary>Returns what replaced the name; null if it is not a former name.</summary>
    internal static RenamedModel? Find(string name) => s_all.GetValueOrDefault(NameSuggester.Normalize(name));

    private static IEnumerable<(string Former, RenamedModel Replacement)> ListAll()
    {
        yield return (Wan + "t2v-720p", new([Wan + "text-to-video"], Size, "1280*720"));
        yield return (Wan + "t2v-1080p", new([Wan + "text-to-video"], Size, "1920*1080"));
        yield return (Wan + "i2v-720p", new([Wan + "image-to-video"], Resolution, "720p"));
        yield return (Wan + "i2v-1080p", new([Wan + "image-to-video"], Resolution, "1080p"));
        yield return (Wan + "i2v-720p-fast", new([Wan + "image-to-video-flash"], Resolution, "720p"));
        yield return (Wan + "v2v-720p-fast", new([Wan + "video-to-video"], Size, "1280*720"));
        foreach ((string former, string current) in new[] { ("t2v", "text-to-video"), ("i2v", "image-to-video") })
        {
            foreach (string resolution in new[] { "480p", "720p", "1080p" })
            {
                yield return ($"{Seedance}-{former}-{resolution}", new([$"{Seedance}/{current}"], Resolution, resolution));
                yield return ($"{Seedance}-{former}-{resolution}-fast", new([$"{Seedance}/{current}-fast"], Resolution, resolution));
            }
        }

        yield return ("alibaba/wan-2.2/animate", new(
            ["alibaba/wan-2.2/animate-move", "alibaba/wan-2.2/animate-mix"],
            Explanation: "Mode 'animate' is now alibaba/wan-2.2/animate-move; mode 'replace' is now alibaba/wan-2.2/animate-mix."));
        yield return ("kling-v2.0", new(
            ["kwaivgi/kling-v2.0-t2v-master", "kwaivgi/kling-v2.0-i2v-master"],
            Explanation: "kwaivgi/kling-v2.0-t2v-master makes videos from text, kwaivgi/kling-v2.0-i2v-master from an image."));
    }
}
