using System.Management.Automation;
using AtlasCloud.PowerShell.Binding;
using AtlasCloud.PowerShell.Pipeline;

namespace AtlasCloud.PowerShell.Commands;

/// <summary>Returns requests that were submitted before, to submit them again, with changes.</summary>
[Cmdlet(VerbsData.Import, "AtlasRequest", DefaultParameterSetName = PathSet)]
[OutputType(typeof(Request))]
public sealed class ImportAtlasRequestCommand : AtlasCloudCmdlet
{
    private const string PathSet = "Path";
    private const string LiteralPathSet = "LiteralPath";
    private const string ObjectSet = "InputObject";

    // The metadata files that were read, with the file that led to each.
    private readonly Dictionary<string, string> _imported = new(StringComparer.Ordinal);
    private string[] _inputPaths = [];

    /// <summary>The .json files of Save-AtlasOutput -Metadata, or the saved files that they belong to. Wildcards are allowed. An existing file of that name takes precedence over a pattern.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = PathSet, HelpMessage = "A saved file or its .json file; wildcards are allowed.")]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string[] Path { get; set; } = [];

    /// <summary>Files, by paths without wildcards.</summary>
    [Parameter(Mandatory = true, ParameterSetName = LiteralPathSet, HelpMessage = "A saved file or its .json file.")]
    [Alias("PSPath", "LP")]
    [ValidateNotNullOrEmpty]
    public string[] LiteralPath { get; set; } = [];

    /// <summary>Files or their paths, journal entries, predictions that this process submitted, or metadata as ConvertFrom-Json returns it.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true, ParameterSetName = ObjectSet, HelpMessage = "A file, a journal entry or a prediction.")]
    [ValidateNotNull]
    public PSObject? InputObject { get; set; }

    /// <summary>Folders or files in which files that the request uploaded are searched for by name and content. Default: the folder of the .json file.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string[] InputPath { get; set; } = [];

    /// <inheritdoc/>
    protected override void BeginInput() => _inputPaths = [.. InputPath.Select(p => FilePattern.ResolveLiteral(SessionState.Path, nameof(InputPath), p)).Select(RequireExisting)];

    /// <inheritdoc/>
    protected override void ProcessInput()
    {
        switch (ParameterSetName)
        {
            case PathSet:
                ForEach(Path, ImportMatches);
                break;
            case LiteralPathSet:
                ForEach(LiteralPath, path => ImportFile(FilePattern.ResolveLiteral(SessionState.Path, nameof(LiteralPath), path)));
                break;
            default:
                ForEach([InputObject!], ImportObject);
                break;
        }
    }

    private static string RequireExisting(string path) => System.IO.Path.Exists(path) ? path : throw CmdletErrors.InputPathMissing(path);

    private void ImportObject(PSObject input)
    {
        object value = Deserialized.Restore(input)!;
        switch (value)
        {
            case string path:
                ImportMatches(path);
                break;
            case FileInfo file:
                ImportFile(file.FullName);
                break;
            case Prediction prediction:
                Emit(prediction.ToRequest() ?? throw CmdletErrors.PredictionWithoutRequest(prediction.Id));
                break;
            default:
                Emit(EarlierRequest.Find(value, input) ?? throw CmdletErrors.ObjectWithoutRequest(value));
                break;
        }
    }

    private void ImportMatches(string path) => ForEach(FilePattern.Resolve(SessionState.Path, nameof(Path), path), ImportFile);

    private void ImportFile(string path)
    {
        string file = Request.FindMetadata(path);
        if (_imported.TryGetValue(file, out string? other) && other != path)
        {
            // A folder contains a saved file and its metadata, which are one request.
            WriteVerbose($"The request of {path} was imported before, from {other}.");
            return;
        }

        _imported[file] = path;
        Emit(Request.Load(file, _inputPaths));
    }

    private void Emit(Request request)
    {
        foreach (RequestUpload upload in request.Uploads.Where(u => u.Path is null))
        {
            WriteVerbose($"{upload} was not found. It is required when the request is submitted, unless its input is overridden.");
        }

        WriteObject(request);
    }
}
