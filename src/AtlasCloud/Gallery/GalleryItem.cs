using System.Collections.Specialized;
using AtlasCloud.FileTypes;
using AtlasCloud.Gallery;

namespace AtlasCloud;

/// <summary>A file in a gallery, with the request that it is the result of.</summary>
public sealed record GalleryItem
{
    /// <summary>The full path of the file.</summary>
    public required string Path { get; init; }

    /// <summary>The full path of the .json file with the request; null if there is none.</summary>
    public string? MetadataPath { get; init; }

    /// <summary>The kind of media, by the extension of the file; Unknown for other extensions.</summary>
    public MediaKind Kind { get; init; }

    /// <summary>The ID of the prediction; null if unknown.</summary>
    public string? PredictionId { get; init; }

    /// <summary>The model's ID; null if unknown.</summary>
    public string? Model { get; init; }

    /// <summary>The prompt; null if the request has none or is unknown.</summary>
    public string? Prompt { get; init; }

    /// <summary>The label of the request; null if it has none.</summary>
    public string? Label { get; init; }

    /// <summary>The price in <see cref="Currency"/>; null if unknown.</summary>
    public decimal? Price { get; init; }

    /// <summary>The currency of <see cref="Price"/>, in lower case. Default: usd.</summary>
    public string Currency { get; init; } = "usd";

    /// <summary>When the service accepted the request; null if unknown.</summary>
    public DateTimeOffset? CreatedAt { get; init; }

    /// <summary>The time from the request to the result; null if unknown.</summary>
    public TimeSpan? RunTime { get; init; }

    /// <summary>The inputs by the model's own names; null if unknown.</summary>
    public OrderedDictionary? Request { get; init; }

    /// <summary>Whether anything but the file itself is known.</summary>
    public bool HasRequest => PredictionId is not null || Model is not null || Request is not null;

    /// <summary>Reads an item: the metadata from the .json file next to the file, and what that does not contain from the prediction.</summary>
    /// <param name="path">The file, or the .json file with its request.</param>
    /// <param name="prediction">The prediction; null if unknown.</param>
    /// <exception cref="AtlasCloudException">InvalidParameter: the file does not exist or is a folder.</exception>
    public static GalleryItem FromFile(string path, Prediction? prediction = null)
    {
        string file = MetadataFile.FindMedia(System.IO.Path.GetFullPath(path));
        GalleryItem item = new() { Path = file, Kind = FileType.FromExtension(file)?.Kind ?? MediaKind.Unknown };
        return AddPrediction(MetadataFile.Read(file)?.AddTo(item) ?? item, prediction);
    }

    /// <summary>Returns the path.</summary>
    public override string ToString() => Path;

    private static GalleryItem AddPrediction(GalleryItem item, Prediction? prediction) => prediction is null ? item : item with
    {
        PredictionId = item.PredictionId ?? prediction.Id,
        Model = item.Model ?? prediction.Model,
        Prompt = item.Prompt ?? prediction.Request?[MetadataFile.PromptName] as string,
        Label = item.Label ?? prediction.Label,
        Price = item.Price ?? prediction.Price,
        Currency = item.Price is null ? prediction.Currency : item.Currency,
        CreatedAt = item.CreatedAt ?? prediction.CreatedAt,
        RunTime = item.RunTime ?? prediction.RunTime ?? (prediction.CompletedAt - prediction.CreatedAt),
        Request = item.Request ?? prediction.Request,
    };
}
