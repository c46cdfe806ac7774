namespace AtlasCloud.PowerShell.Commands;

/// <summary>The items of a gallery in the order of the input, each once.</summary>
internal sealed class GalleryItems
{
    private readonly HashSet<string> _paths = new(OperatingSystem.IsLinux() ? StringComparer.Ordinal : StringComparer.OrdinalIgnoreCase);
    private readonly List<GalleryItem> _items = [];

    /// <summary>Whether a file belongs into a gallery: it is media, or the request that it is the result of is known.</summary>
    internal static bool IsResult(GalleryItem item) => item.HasRequest || item.Kind != MediaKind.Unknown;

    /// <summary>Adds an item, unless its file is there already.</summary>
    internal void Add(GalleryItem item)
    {
        if (_paths.Add(item.Path))
        {
            _items.Add(item);
        }
    }

    /// <summary>Returns the items without the page itself.</summary>
    internal IReadOnlyList<GalleryItem> Without(string? page) => [.. _items.Where(i => page is null || !_paths.Comparer.Equals(i.Path, page))];
}
