namespace AtlasCloud;

/// <summary>
/// An input that most models share, under different names: a prompt is <c>prompt</c> in one schema and <c>text</c> in another (API reference, section
/// 14.2). Each is a property of <see cref="GenerationRequest"/>. <see cref="ModelSchema.FindCommon"/> finds it in a schema.
/// </summary>
public enum CommonInput
{
    /// <summary>What to make, or the text to speak.</summary>
    Prompt,

    /// <summary>What to avoid.</summary>
    NegativePrompt,

    /// <summary>The source images, or the first frame.</summary>
    Image,

    /// <summary>The last frame.</summary>
    LastImage,

    /// <summary>The source videos.</summary>
    Video,

    /// <summary>The source audio.</summary>
    Audio,

    /// <summary>The seed.</summary>
    Seed,

    /// <summary>The aspect ratio, such as 16:9.</summary>
    AspectRatio,

    /// <summary>The resolution, such as 720p.</summary>
    Resolution,

    /// <summary>The size in pixels, such as 1024x768.</summary>
    Size,

    /// <summary>The duration in seconds.</summary>
    Duration,

    /// <summary>The number of results.</summary>
    Count,
}
