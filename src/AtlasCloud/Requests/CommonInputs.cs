namespace AtlasCloud;

/// <summary>
/// The inputs that most models share under different names: a prompt is <c>prompt</c> in one schema and <c>text</c> in another. API reference, section 14.2.
/// </summary>
public static class CommonInputs
{
    // The most frequent name comes first. It is used for models that publish no schema.
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

    private static readonly HashSet<string> s_media = new(StringComparer.Ordinal) { nameof(Image), nameof(LastImage), nameof(Video), nameof(Audio) };

    /// <summary>Each common input with the names that models use for it, in display order.</summary>
    internal static IReadOnlyList<(string Name, string[] Inputs)> All { get; } =
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

    /// <summary>The common input that one of a model's inputs belongs to.</summary>
    /// <param name="input">The model's name for it, in any case.</param>
    /// <returns>Prompt, NegativePrompt, Image, LastImage, Video, Audio, Seed, AspectRatio, Resolution, Size, Duration or Count; null if it is none of them.</returns>
    /// <remarks>An input that takes several kinds of media, such as <c>refers</c>, belongs to the first of them.</remarks>
    public static string? NameFor(string input) =>
        All.FirstOrDefault(c => c.Inputs.Contains(input, StringComparer.OrdinalIgnoreCase)).Name;

    /// <summary>The input of a model that a common input fills.</summary>
    /// <param name="schema">The model's inputs.</param>
    /// <param name="name">The common input, for example <c>Image</c>.</param>
    /// <param name="several">Whether several media are given, which not every input accepts.</param>
    /// <returns>The input; null if the model has none.</returns>
    public static ModelParameter? Find(ModelSchema schema, string name, bool several = false)
    {
        string[] inputs = All.FirstOrDefault(c => c.Name == name).Inputs ?? [];
        IEnumerable<ModelParameter> declared = inputs.Select(schema.Find).OfType<ModelParameter>();
        return !s_media.Contains(name)
            ? declared.FirstOrDefault()

            // An input called audio can be a switch, and several images need an input that accepts several.
            : declared.Where(p => p.Type is "array" or "string").OrderBy(p => several && p.Type != "array" ? 1 : 0).FirstOrDefault();
    }

    /// <summary>The names of a model's inputs that some common input fills.</summary>
    /// <param name="schema">The model's inputs.</param>
    public static IReadOnlySet<string> FindCovered(ModelSchema schema) =>
        All.Select(c => Find(schema, c.Name)?.Name).OfType<string>().ToHashSet(StringComparer.Ordinal);
}
