using System.Management.Automation;
using AtlasCloud.Pictures;
using AtlasCloud.PowerShell.Binding;
using AtlasCloud.PowerShell.Pipeline;
using AtlasCloud.PowerShell.Terminal;
using AtlasCloud.PowerShell.Transformations;

namespace AtlasCloud.PowerShell.Commands;

/// <summary>Shows images, and the covers of videos, in the terminal.</summary>
[Cmdlet(VerbsCommon.Show, "AtlasOutput", DefaultParameterSetName = InputSet)]
public sealed class ShowAtlasOutputCommand : SessionCmdlet
{
    private const string InputSet = "InputObject";
    private const string PathSet = "Path";
    private const string LiteralPathSet = "LiteralPath";
    private const int MaxCells = 1000;

    private PictureSource? _source;
    private PictureTerminal? _terminal;

    /// <summary>Predictions, outputs, files or paths.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true, ParameterSetName = InputSet, HelpMessage = "A prediction, an output or a file.")]
    [ValidateNotNull]
    public PSObject[] InputObject { get; set; } = [];

    /// <summary>Files; wildcards are allowed. An existing file of that name takes precedence over a pattern.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = PathSet, HelpMessage = "An image; wildcards are allowed.")]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string[] Path { get; set; } = [];

    /// <summary>Files, by paths without wildcards.</summary>
    [Parameter(Mandatory = true, ParameterSetName = LiteralPathSet, HelpMessage = "An image.")]
    [Alias("PSPath", "LP")]
    [ValidateNotNullOrEmpty]
    public string[] LiteralPath { get; set; } = [];

    /// <summary>How the terminal receives pictures. Default: the best way that the terminal reports.</summary>
    [Parameter]
    [ValidateSet(nameof(PictureProtocol.Kitty), nameof(PictureProtocol.ITerm2), nameof(PictureProtocol.Sixel), nameof(PictureProtocol.Blocks))]
    public string? Protocol { get; set; }

    /// <summary>The maximum width in columns. Default: the width of the window.</summary>
    [Parameter]
    [ValidateRange(1, MaxCells)]
    [NumberTransformation(typeof(int))]
    public int? Width { get; set; }

    /// <summary>The maximum height in rows. Default: the height of the window.</summary>
    [Parameter]
    [ValidateRange(1, MaxCells)]
    [NumberTransformation(typeof(int))]
    public int? Height { get; set; }

    private protected override bool NeedsKey => false;

    /// <inheritdoc/>
    protected override void BeginInput()
    {
        base.BeginInput();
        _source = new PictureSource(Client);
        _terminal = new PictureTerminal(Host, Clock, StoppingToken);
    }

    /// <inheritdoc/>
    protected override void ProcessInput()
    {
        ForEach(InputObject, ShowInput);
        ForEach(Path, path => ForEach(FilePattern.Resolve(SessionState.Path, nameof(Path), path), ShowFile));
        ForEach(LiteralPath, path => ShowFile(FilePattern.ResolveLiteral(SessionState.Path, nameof(LiteralPath), path)));
    }

    private void ShowInput(PSObject input)
    {
        switch (PSObjects.Unwrap(input))
        {
            case Prediction prediction:
                ForEach(PictureSource.FindPictures(prediction), ShowOutput);
                break;
            case Output output:
                ShowOutput(output);
                break;
            case FileInfo file:
                ShowSaved(file, input.Properties[nameof(Prediction)] is ResultProperty origin ? origin.Value as Prediction : null);
                break;
            case string path:
                ForEach(FilePattern.Resolve(SessionState.Path, nameof(InputObject), path), ShowFile);
                break;
            case object other:
                throw CmdletErrors.NoPictureInput(other);
        }
    }

    // A saved video has its cover at the service.
    private void ShowSaved(FileInfo file, Prediction? prediction)
    {
        if (prediction is not null && PictureSource.IsVideo(file.FullName))
        {
            ForEach(PictureSource.FindPictures(prediction), ShowOutput);
        }
        else
        {
            ShowFile(file.FullName);
        }
    }

    private void ShowFile(string path) => Show(System.IO.Path.GetFileName(path), Run(_ => Task.FromResult(PictureSource.ReadFile(path))));

    private void ShowOutput(Output output) => Show($"output {output.Index} of prediction {output.PredictionId}", Run(stopping => _source!.DownloadAsync(output, stopping)));

    private void Show(string name, byte[] content)
    {
        using Picture picture = Run(_ => Task.FromResult(PictureSource.Decode(name, content)));
        string caption = $"{TerminalText.ToSingleLine(name, MaxCells)} ({picture.Width} x {picture.Height})";
        if (Protocol is null && !_terminal!.CanShow)
        {
            // A log or a file, in which escape sequences would appear as text.
            Host.UI?.WriteLine(caption);
            return;
        }

        WriteVerbose(caption);
        PictureProtocol protocol = Protocol is null ? _terminal!.ChooseProtocol() : Enum.Parse<PictureProtocol>(Protocol, ignoreCase: true);
        PictureArea area = _terminal!.GetArea(protocol, Width, Height);
        _terminal.Write(Run(_ => Task.FromResult(picture.Render(protocol, area))));
    }
}
