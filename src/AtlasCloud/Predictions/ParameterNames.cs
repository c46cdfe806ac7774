namespace AtlasCloud;

/// <summary>The many names of each idea, the commonest first: that one is used for a model that publishes no schema.</summary>
internal static class ParameterNames
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
}
