using System.Management.Automation;
using AtlasCloud.PowerShell.Binding;
using AtlasCloud.PowerShell.Pipeline;

namespace AtlasCloud.PowerShell.Commands;

/// <summary>Writes results as one HTML page, with the request, price and time of each.</summary>
[Cmdlet(VerbsData.Export, "AtlasGallery", SupportsShouldProcess = true, DefaultParameterSetName = InputSet)]
[OutputType(typeof(FileInfo))]
public sealed class ExportAtlasGalleryCommand : SessionCmdlet
{
    private const string InputSet = "InputObject";
    private const string PathSet = "Path";
    private const string LiteralPathSet = "LiteralPath";

    private readonly GalleryItems _items = new();
    private Dictionary<string, JournalEntry>? _journal;

    /// <summary>Files of Save-AtlasOutput or Get-ChildItem, folders, paths, or predictions whose outputs are saved.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true, ParameterSetName = InputSet, HelpMessage = "A file, a folder or a prediction.")]
    [ValidateNotNull]
    public PSObject[] InputObject { get; set; } = [];

    /// <summary>Files or folders; wildcards are allowed. An existing file of that name takes precedence over a pattern.</summary>
    [Parameter(Mandatory = true, ParameterSetName = PathSet, HelpMessage = "A file or folder; wildcards are allowed.")]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string[] Path { get; set; } = [];

    /// <summary>Files or folders, by paths without wildcards.</summary>
    [Parameter(Mandatory = true, ParameterSetName = LiteralPathSet, HelpMessage = "A file or folder.")]
    [Alias("PSPath", "LP")]
    [ValidateNotNullOrEmpty]
    public string[] LiteralPath { get; set; } = [];

    /// <summary>The HTML file, or an existing folder for gallery.html. Default: gallery.html in the folder that contains all results.</summary>
    [Parameter(Position = 0)]
    [ValidateNotNullOrEmpty]
    public string? Destination { get; set; }

    /// <summary>The title of the page. Default: the name of its folder.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Title { get; set; }

    /// <summary>Overwrites an existing file.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    private protected override bool NeedsKey => false;

    /// <inheritdoc/>
    protected override void ProcessInput()
    {
        ForEach(InputObject, AddInput);
        ForEach(Path, path => ForEach(FilePattern.Resolve(SessionState.Path, nameof(Path), path), AddPath));
        ForEach(LiteralPath, path => AddPath(FilePattern.ResolveLiteral(SessionState.Path, nameof(LiteralPath), path)));
    }

    /// <inheritdoc/>
    protected override void EndInput()
    {
        string? page = Destination is null ? null : ResolvePage(FilePattern.ResolveLiteral(SessionState.Path, nameof(Destination), Destination));
        IReadOnlyList<GalleryItem> items = _items.Without(page);
        if (items.Count == 0)
        {
            throw CmdletErrors.GalleryEmpty();
        }

        page ??= System.IO.Path.Combine(GalleryPage.FindFolder(items), GalleryPage.DefaultFileName);
        items = _items.Without(page);
        WarnAboutMissingRequests(items);
        if (ShouldProcess(page, $"Write a gallery of {items.Count} results"))
        {
            Write(items, page);
        }
    }

    private void AddInput(PSObject input)
    {
        switch (PSObjects.Unwrap(input))
        {
            case Prediction prediction:
                AddSaved(prediction.Id, prediction);
                break;
            case JournalEntry entry:
                AddFiles(entry.Files, entry.PredictionId ?? entry.JournalId, entry.ToPrediction());
                break;
            case FileSystemInfo file:
                Add(file.FullName, input.Properties[nameof(Prediction)] is ResultProperty origin ? origin.Value as Prediction : null);
                break;
            case string path:
                ForEach(FilePattern.Resolve(SessionState.Path, nameof(InputObject), path), AddPath);
                break;
            case object other:
                throw CmdletErrors.NoGalleryInput(other);
        }
    }

    private void AddPath(string path) => Add(path, prediction: null);

    private void Add(string path, Prediction? prediction)
    {
        if (Directory.Exists(path))
        {
            IEnumerable<string> files = Directory.EnumerateFiles(path).Where(f => !System.IO.Path.GetFileName(f).StartsWith('.'));
            ForEach(files.Order(StringComparer.OrdinalIgnoreCase), file => AddFile(file, prediction: null, WriteVerbose));
        }
        else
        {
            AddFile(path, prediction, WriteWarning);
        }
    }

    private void AddFile(string path, Prediction? prediction, Action<string> report)
    {
        // As work, so that warnings of the library are written.
        GalleryItem item = Run(_ => Task.FromResult(GalleryItem.FromFile(path, prediction)));
        if (GalleryItems.IsResult(item))
        {
            _items.Add(item);
        }
        else if (!IsPage(item.Path))
        {
            report($"'{item.Path}' is neither media nor the result of a known request, so it is not in the gallery.");
        }
    }

    private void AddSaved(string id, Prediction prediction)
    {
        _journal ??= Run(Client.Journal.ListAsync).Where(e => e.PredictionId is not null).DistinctBy(e => e.PredictionId).ToDictionary(e => e.PredictionId!, StringComparer.Ordinal);
        AddFiles(_journal.TryGetValue(id, out JournalEntry? entry) ? entry.Files : [], id, prediction);
    }

    private void AddFiles(IReadOnlyList<SavedFile> files, string id, Prediction? prediction)
    {
        if (files.Count == 0)
        {
            throw CmdletErrors.PredictionWithoutFiles(id);
        }

        ForEach(files, file => AddFile(file.Path, prediction, WriteWarning));
    }

    private static string ResolvePage(string path) => Directory.Exists(path) ? System.IO.Path.Combine(path, GalleryPage.DefaultFileName)
        : IsPage(path) ? path
        : throw CmdletErrors.GalleryNotHtml(path);

    private static bool IsPage(string path) => System.IO.Path.GetExtension(path).ToUpperInvariant() is ".HTML" or ".HTM";

    private void WarnAboutMissingRequests(IReadOnlyList<GalleryItem> items)
    {
        int missing = items.Count(i => !i.HasRequest);
        if (missing > 0)
        {
            WriteWarning($"{missing} of {items.Count} files have no .json file with their request, so the gallery shows them without their requests. Save-AtlasOutput -Metadata writes these .json files.");
        }
    }

    private void Write(IReadOnlyList<GalleryItem> items, string page)
    {
        GalleryOptions options = new()
        {
            Title = Title ?? new DirectoryInfo(System.IO.Path.GetDirectoryName(page)!).Name,
            Overwrite = Force,
            RepeatCommand = RepeatCommand.Create,
        };
        SavedFile file = Run(stopping => GalleryPage.WriteAsync(items, page, options, stopping));
        WriteObject(InvokeProvider.Item.Get([$@"Microsoft.PowerShell.Core\FileSystem::{file.Path}"], force: true, literalPath: true)[0]);
    }
}
