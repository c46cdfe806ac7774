namespace AtlasCloud;

/// <summary>How a gallery is written.</summary>
public sealed record GalleryOptions
{
    /// <summary>The title of the page. Default: "Gallery".</summary>
    public string Title { get; init; } = "Gallery";

    /// <summary>Whether an existing file is overwritten. Default: false.</summary>
    public bool Overwrite { get; init; }

    /// <summary>Returns the command that repeats the request of an item, given the item and the folder of the page; null for none. Default: no commands.</summary>
    public Func<GalleryItem, string, string?>? RepeatCommand { get; init; }
}
