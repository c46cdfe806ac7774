namespace AtlasCloud;

/// <summary>The names that models use for the common inputs (API reference, section 14.2).</summary>
public static class CommonInputs
{
    /// <summary>Each common input with its names, in the order of the enum. The most frequent name comes first; models without a schema get it.</summary>
    internal static IReadOnlyList<(CommonInput Input, string[] Names)> All { get; } =
    [
        (CommonInput.Prompt, ["prompt", "text", "user_prompt"]),
        (CommonInput.NegativePrompt, ["negative_prompt"]),
        (CommonInput.Image, ["image", "image_url", "images", "image_urls", "reference_images", "reference_image_urls", "start_image_url", "start_image", "product_image", "model_image", "refers"]),
        (CommonInput.LastImage, ["last_image", "end_image", "end_image_url", "tail_image"]),
        (CommonInput.Video, ["video", "video_url", "videos", "reference_videos", "reference_video", "video_clips", "refers"]),
        (CommonInput.Audio, ["audio", "audio_url", "reference_audio", "reference_audios", "references", "refers"]),
        (CommonInput.Seed, ["seed", "model_seed"]),
        (CommonInput.AspectRatio, ["aspect_ratio", "ratio"]),
        (CommonInput.Resolution, ["resolution"]),
        (CommonInput.Size, ["size", "image_size"]),
        (CommonInput.Duration, ["duration"]),
        (CommonInput.Count, ["num_images", "n", "max_images", "count"]),
    ];

    /// <summary>Names of one idea that no common input covers. Models use one of them, and the service may drop the others without an error.</summary>
    internal static IReadOnlyList<string[]> OtherSynonyms { get; } =
    [
        ["is_instrumental", "instrumental", "make_instrumental"],
        ["file_format", "format", "output_format", "target_formats"],
        ["subdivision_level", "subdivision"],
        ["generate_audio", "sound", "audio", "bgm"],
        ["enable_prompt_expansion", "prompt_extend", "use_pe"],
        ["guidance_scale", "cfg_scale"],
        ["voice", "voice_id"],
    ];

    /// <summary>Returns the common input that a model's input belongs to.</summary>
    /// <param name="name">The model's name for it, in any case and with any separators between its words.</param>
    /// <returns>The common input; null if it belongs to none. An input for several kinds of media, such as <c>refers</c>, belongs to the first of them.</returns>
    public static CommonInput? FromName(string name)
    {
        string normalized = InputText.NormalizeName(name);
        foreach ((CommonInput input, string[] names) in All)
        {
            if (normalized.Length > 0 && names.Any(n => InputText.NormalizeName(n) == normalized))
            {
                return input;
            }
        }

        return null;
    }

    /// <summary>Returns whether a common input sets a model's input of a name. A size also sets a width and a height.</summary>
    /// <param name="input">The common input.</param>
    /// <param name="name">The model's name, in any case and with any separators between its words.</param>
    public static bool Sets(CommonInput input, string name)
    {
        string normalized = InputText.NormalizeName(name);
        return GetNames(input).Any(n => InputText.NormalizeName(n) == normalized) || (input == CommonInput.Size && normalized is "WIDTH" or "HEIGHT");
    }

    internal static string[] GetNames(CommonInput input) => All[(int)input].Names;

    internal static bool IsMedia(CommonInput input) => input is CommonInput.Image or CommonInput.LastImage or CommonInput.Video or CommonInput.Audio;
}
