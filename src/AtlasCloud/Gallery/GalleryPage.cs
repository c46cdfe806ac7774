using System.Text;
using AtlasCloud.FileTypes;
using AtlasCloud.Gallery;
using AtlasCloud.Outputs;

namespace AtlasCloud;

/// <summary>Writes results as one HTML page, which needs no other file than the results and makes no requests.</summary>
public static class GalleryPage
{
    /// <summary>The name of a gallery without a name of its own.</summary>
    public const string DefaultFileName = "gallery.html";

    /// <summary>Writes the page: to a temporary name first, then under its final name.</summary>
    /// <param name="items">The results, in the order of the page.</param>
    /// <param name="path">The HTML file. Its folder is created if it does not exist.</param>
    /// <param name="options">Title and overwriting; null for the defaults.</param>
    /// <param name="cancellationToken">Cancels the work; no partial file is left.</param>
    /// <returns>The page, with its length and SHA-256.</returns>
    /// <exception cref="AtlasCloudException">FileExists: the name is taken. DownloadIncomplete: the file cannot be written.</exception>
    public static async Task<SavedFile> WriteAsync(
        IReadOnlyList<GalleryItem> items, string path, GalleryOptions? options = null, CancellationToken cancellationToken = default)
    {
        options ??= new GalleryOptions();
        string page = Path.GetFullPath(path);
        string folder = Path.GetDirectoryName(page) ?? throw new ArgumentException("The path is a folder.", nameof(path));
        SaveTarget target = new(folder, Path.GetFileNameWithoutExtension(page), options.Overwrite);
        FileType type = new(MediaKind.Document, "text/html", Path.GetExtension(page));
        PartialFile.EnsureNotTaken(target, type);
        string html = PageTemplate.Compose(options.Title, GalleryData.Create(items, folder, options.RepeatCommand, cancellationToken));
        CreateFolder(folder);
        PartialFile file = new(target);
        await using (file.ConfigureAwait(false))
        {
            await file.WriteAsync(Encoding.UTF8.GetBytes(html), cancellationToken).ConfigureAwait(false);
            return await file.CompleteAsync(type, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Returns the deepest folder that contains all items, in which a page is next to its results; the folder of the first item if they are on several drives.</summary>
    /// <exception cref="ArgumentException">There are no items.</exception>
    public static string FindFolder(IReadOnlyCollection<GalleryItem> items)
    {
        string first = Path.GetDirectoryName((items.FirstOrDefault() ?? throw new ArgumentException("There are no items.", nameof(items))).Path)!;
        string? common = first;
        foreach (GalleryItem item in items)
        {
            while (common is not null && !IsBelow(item.Path, common))
            {
                common = Path.GetDirectoryName(common);
            }
        }

        return common ?? first;
    }

    private static bool IsBelow(string path, string folder)
    {
        string relative = Path.GetRelativePath(folder, path);
        return !Path.IsPathRooted(relative) && relative.Split(Path.DirectorySeparatorChar)[0] != "..";
    }

    private static void CreateFolder(string folder)
    {
        try
        {
            Directory.CreateDirectory(folder);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw DiskErrors.Create(folder, exception, neededBytes: null);
        }
    }
}
