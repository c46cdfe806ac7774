using System.Collections;
using AtlasCloud.Requests;

namespace AtlasCloud;

/// <summary>
/// A request in terms that are the same for all models. They are mapped to the model's own inputs (API reference, section 14). Null and empty values are
/// not sent.
/// </summary>
public sealed record GenerationRequest
{
    /// <summary>The model's ID. Not case-sensitive: the catalog's spelling is sent.</summary>
    public required string Model { get; init; }

    /// <summary>The prompt; for speech, the text to speak. Default: null.</summary>
    public string? Prompt { get; init; }

    /// <summary>What the result must not contain. Default: null.</summary>
    public string? NegativePrompt { get; init; }

    /// <summary>Source images; for a video the first frame. Local files are uploaded when the request is submitted. Default: empty.</summary>
    public IReadOnlyList<MediaSource> Images { get; init; } = [];

    /// <summary>The last frame of a video. Default: null.</summary>
    public MediaSource? LastImage { get; init; }

    /// <summary>Source videos. Default: empty.</summary>
    public IReadOnlyList<MediaSource> Videos { get; init; } = [];

    /// <summary>Source audio, for example a voice for lip sync. Default: empty.</summary>
    public IReadOnlyList<MediaSource> Audios { get; init; } = [];

    /// <summary>The random seed. Default: null, chosen by the service.</summary>
    public long? Seed { get; init; }

    /// <summary>The aspect ratio, for example 16:9. Default: null, the model's default.</summary>
    public string? AspectRatio { get; init; }

    /// <summary>The resolution, for example 720p. Default: null, the model's default.</summary>
    public string? Resolution { get; init; }

    /// <summary>The size in pixels, for example 1024x768 or 1024*768. Default: null, the model's default.</summary>
    public string? Size { get; init; }

    /// <summary>The duration of the result in seconds. Default: null, the model's default.</summary>
    public decimal? Duration { get; init; }

    /// <summary>The number of results. Default: null, the model's default.</summary>
    public int? Count { get; init; }

    /// <summary>Further inputs, by the model's own names. They override the properties above. Default: null.</summary>
    public IDictionary? Parameters { get; init; }

    /// <summary>A label for the prediction, its file names and the journal. It is not sent. Default: null.</summary>
    public string? Label { get; init; }

    /// <summary>The number of the row that the request comes from, starting at 1, for file names. It is not sent. Default: null.</summary>
    public int? Row { get; init; }

    /// <summary>The address that the service calls when the prediction has finished: public and https. Default: null. API reference, section 10.</summary>
    public Uri? WebhookUri { get; init; }

    /// <summary>How long the service keeps the outputs, from 1 to 336 hours; sent in whole hours. Default: null, the service's default of 336 hours. API reference, section 9.</summary>
    public TimeSpan? OutputExpiration { get; init; }

    /// <summary>The maximum cost of this request in US dollars. If set, a quote is requested before the submit. Default: null, no limit.</summary>
    public decimal? MaxCost { get; init; }

    /// <summary>Whether to submit the request even if its cost is not completely known and <see cref="MaxCost"/> or a budget is set. Default: false.</summary>
    public bool AllowUnknownCost { get; init; }

    /// <summary>Whether to skip the checks against the model's schema, for example to send inputs that it does not contain. A request to a model whose schema is missing or unavailable is submitted only with it. Default: false.</summary>
    public bool SkipValidation { get; init; }

    /// <summary>The name of the first local file without folder and extension; null if there is none.</summary>
    internal string? SourceName => AllMedia.Select(m => m.Path).OfType<string>().FirstOrDefault() is string path ? Path.GetFileNameWithoutExtension(path) : null;

    internal IEnumerable<MediaSource> AllMedia =>
        Images.Concat(Videos).Concat(Audios).Concat(LastImage is null ? [] : [LastImage])
            .Concat(Parameters?.Values.Cast<object?>().SelectMany(v => MediaValues.FindMedia(v)) ?? []);
}
