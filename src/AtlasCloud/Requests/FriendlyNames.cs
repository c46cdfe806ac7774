namespace AtlasCloud.Requests;

/// <summary>The many names of each idea, the commonest first: that one is used for a model that publishes no schema.</summary>
internal static class FriendlyNames
{
    internal static readonly string[] Prompt = ["prompt", "text"];
    internal static readonly string[] NegativePrompt = ["negative_prompt"];
    internal static readonly string[] Image =
        ["image", "image_url", "images", "image_urls", "reference_images", "reference_image_urls", "start_image_url", "start_image", "refers"];

    internal static readonly string[] LastImage = ["last_image", "end_image", "end_image_url", "tail_image"];
    internal static readonly string[] Video = ["video", "video_url", "videos", "reference_videos", "video_clips", "refers"];
    internal static readonly string[] Audio = ["audio", "audio_url", "reference_audio", "reference_audios", "references", "refers"];
    internal static readonly string[] Seed = ["seed", "model_seed"];
    internal static readonly string[] AspectRatio = ["aspect_ratio", "ratio"];
    internal static readonly string[] Resolution = ["resolution"];
    internal static readonly string[] Size = ["size", "image_size"];
    internal static readonly string[] Duration = ["duration"];
    internal static readonly string[] Count = ["num_images", "n", "max_images"];

    /// <summary>Each friendly parameter, without its dash, with the members that may stand for it. The order is that of the commands' help.</summary>
    internal static IReadOnlyList<(string Parameter, string[] Names)> Friendly { get; } =
    [
        (nameof(Prompt), Prompt),
        (nameof(NegativePrompt), NegativePrompt),
        (nameof(Image), Image),
        (nameof(LastImage), LastImage),
        (nameof(Video), Video),
        (nameof(Audio), Audio),
        (nameof(Seed), Seed),
        (nameof(AspectRatio), AspectRatio),
        (nameof(Resolution), Resolution),
        (nameof(Size), Size),
        (nameof(Duration), Duration),
        (nameof(Count), Count),
    ];

    /// <summary>The friendly parameter, without its dash, through which a member can be given; null where there is none.</summary>
    /// <remarks>Members that take several kinds of media, such as <c>refers</c>, belong to the first of them.</remarks>
    internal static string? FriendlyFor(string memberName) =>
        Friendly.FirstOrDefault(f => f.Names.Contains(memberName, StringComparer.OrdinalIgnoreCase)).Parameter;
}
