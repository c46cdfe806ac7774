using System.Collections;

namespace AtlasCloud;

/// <summary>What a user asks for, in names that are the same for all models. Null and empty are left out of what is sent.</summary>
public sealed record GenerationRequest
{
    /// <summary>The model's id, in any case.</summary>
    public required string Model { get; init; }

    /// <summary>What to make; for speech, what to say.</summary>
    public string? Prompt { get; init; }

    /// <summary>What to avoid.</summary>
    public string? NegativePrompt { get; init; }

    /// <summary>Source images, or the first frame.</summary>
    public IReadOnlyList<MediaSource> Images { get; init; } = [];

    /// <summary>The last frame.</summary>
    public MediaSource? LastImage { get; init; }

    /// <summary>Source videos.</summary>
    public IReadOnlyList<MediaSource> Videos { get; init; } = [];

    /// <summary>Driving or source audio.</summary>
    public IReadOnlyList<MediaSource> Audios { get; init; } = [];

    /// <summary>The seed.</summary>
    public long? Seed { get; init; }

    /// <summary>The shape, as in 16:9.</summary>
    public string? AspectRatio { get; init; }

    /// <summary>The resolution, as in 720p.</summary>
    public string? Resolution { get; init; }

    /// <summary>Pixels, as in 1024x768 or 1024*768.</summary>
    public string? Size { get; init; }

    /// <summary>Seconds.</summary>
    public decimal? Duration { get; init; }

    /// <summary>How many results.</summary>
    public int? Count { get; init; }

    /// <summary>Anything else, by the model's own names. These win over what the properties above would send.</summary>
    public IDictionary? Parameters { get; init; }

    /// <summary>A name to find it again by. It is not sent.</summary>
    public string? Label { get; init; }

    /// <summary>Where the service reports the end of the task. It must be public and https.</summary>
    public Uri? WebhookUri { get; init; }

    /// <summary>How long the outputs shall live, 1 to 336 hours.</summary>
    public TimeSpan? OutputExpiration { get; init; }

    /// <summary>The most that this request may cost, in US dollars; null for no limit. It is priced before it is submitted then.</summary>
    public decimal? MaxCost { get; init; }

    /// <summary>Submit it although its cost is not known, or not whole, where <see cref="MaxCost"/> or a budget is set.</summary>
    public bool AllowUnknownCost { get; init; }

    /// <summary>Send parameters that the model's schema does not know.</summary>
    public bool SkipValidation { get; init; }

    internal IEnumerable<MediaSource> AllMedia =>
        Images.Concat(Videos).Concat(Audios).Concat(LastImage is null ? [] : [LastImage])
            .Concat(Parameters?.Values.Cast<object?>().SelectMany(MediaIn) ?? []);

    private static IEnumerable<MediaSource> MediaIn(object? value) => value switch
    {
        MediaSource one => [one],
        IEnumerable several and not string => several.OfType<MediaSource>(),
        _ => [],
    };
}
