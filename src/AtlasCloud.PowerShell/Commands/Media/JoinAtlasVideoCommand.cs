using System.Management.Automation;
using AtlasCloud.PowerShell.Binding;
using AtlasCloud.PowerShell.Pipeline;
using AtlasCloud.PowerShell.Transformations;
using AtlasCloud.PowerShell.Video;

namespace AtlasCloud.PowerShell.Commands;

/// <summary>Joins clips to one film, with ffmpeg.</summary>
[Cmdlet(VerbsCommon.Join, "AtlasVideo", DefaultParameterSetName = InputSet, SupportsShouldProcess = true)]
[OutputType(typeof(FileInfo))]
public sealed class JoinAtlasVideoCommand : AtlasCloudCmdlet
{
    private const string InputSet = "InputObject";
    private const string PathSet = "Path";
    private const string LiteralPathSet = "LiteralPath";

    private readonly List<(string Path, TimeSpan? Length)> _clips = [];

    /// <summary>The film: a file with the extension .mp4, .mov or .mkv.</summary>
    [Parameter(Mandatory = true, Position = 0, HelpMessage = "The film, such as ./film.mp4.")]
    [ValidateNotNullOrEmpty]
    public string Destination { get; set; } = "";

    /// <summary>The clips in the order of the film: files, paths, or objects with a property Path.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true, ParameterSetName = InputSet, HelpMessage = "A clip.")]
    [ValidateNotNull]
    public PSObject[] InputObject { get; set; } = [];

    /// <summary>The clips in the order of the film; wildcards are allowed. An existing file of that name takes precedence over a pattern.</summary>
    [Parameter(Mandatory = true, ParameterSetName = PathSet, HelpMessage = "A clip; wildcards are allowed.")]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string[] Path { get; set; } = [];

    /// <summary>The clips, by paths without wildcards.</summary>
    [Parameter(Mandatory = true, ParameterSetName = LiteralPathSet, HelpMessage = "A clip.")]
    [Alias("PSPath", "LP")]
    [ValidateNotNullOrEmpty]
    public string[] LiteralPath { get; set; } = [];

    /// <summary>The length of each clip in the film, such as 7.5s. A number is seconds. Default: the whole clip.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [TimeSpanTransformation]
    public TimeSpan? Duration { get; set; }

    /// <summary>The soundtrack, which replaces the audio of the clips.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Audio { get; set; }

    /// <summary>Overwrites an existing file.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    // A clip that cannot be found ends the command, because the film would be incomplete.
    /// <inheritdoc/>
    protected override void ProcessInput()
    {
        try
        {
            AddClips();
        }
        catch (AtlasCloudException exception)
        {
            ThrowTerminatingError(ErrorRecordFactory.Create(exception));
        }
    }

    // A missing clip ends the command, because the film would be incomplete.
    /// <inheritdoc/>
    protected override void EndInput()
    {
        string target = FilePattern.ResolveLiteral(SessionState.Path, nameof(Destination), Destination);
        string? audio = Audio is null ? null : FilePattern.ResolveLiteral(SessionState.Path, nameof(Audio), Audio);
        FilmFile file = new(target, Force);
        string[] paths = _clips.Count > 0 ? [.. _clips.Select(c => c.Path)] : throw CmdletErrors.NoClips();
        file.EnsureWritable(paths);
        foreach (string path in audio is null ? paths : [.. paths, audio])
        {
            if (!File.Exists(path))
            {
                throw CmdletErrors.ClipMissing(path);
            }

            // A program would read a pipe or a device without an end.
            MediaSource.FromFile(path).EnsureReadable();
        }

        FFmpeg ffmpeg = FFmpeg.Find(Environment.GetEnvironmentVariable("PATH"));
        Film film = Run(stopping => ReadAsync(ffmpeg, audio, stopping));
        if (ShouldProcess(target, $"Join {_clips.Count} clips{(film.Duration is TimeSpan duration ? FormattableString.Invariant($" ({duration.TotalSeconds:0.#} s)") : "")}"))
        {
            WriteVerbose(film.IsCopied ? "The clips have one format, so their video is copied." : "The clips differ in format or are fitted to a length, so their video is encoded again.");
            Run(stopping => file.WriteAsync(ffmpeg, film, time => Report(film, time), stopping));
            WriteObject(InvokeProvider.Item.Get([$@"Microsoft.PowerShell.Core\FileSystem::{target}"], force: true, literalPath: true)[0]);
        }
    }

    private void AddClips()
    {
        if (Duration is TimeSpan length && length <= TimeSpan.Zero)
        {
            throw CmdletErrors.TimeNotPositive(nameof(Duration), length);
        }

        IEnumerable<string> paths =
        [
            .. InputObject.SelectMany(ResolveInput),
            .. LiteralPath.Select(path => FilePattern.ResolveLiteral(SessionState.Path, nameof(LiteralPath), path)),
            .. Path.SelectMany(path => FilePattern.Resolve(SessionState.Path, nameof(Path), path)),
        ];
        _clips.AddRange(paths.Select(path => (path, Duration)));
    }

    private IReadOnlyList<string> ResolveInput(PSObject input) => PSObjects.Unwrap(input) switch
    {
        string path => FilePattern.Resolve(SessionState.Path, nameof(InputObject), path),
        FileInfo file => [file.FullName],
        _ when input.Properties["Path"]?.Value is object path => [FilePattern.ResolveLiteral(SessionState.Path, nameof(InputObject), $"{path}")],
        object other => throw CmdletErrors.NoClipInput(other),
    };

    private async Task<Film> ReadAsync(FFmpeg ffmpeg, string? audio, CancellationToken stopping)
    {
        List<Clip> clips = [];
        foreach ((string path, TimeSpan? length) in _clips)
        {
            Clip clip = await ffmpeg.ProbeAsync(path, stopping).ConfigureAwait(false);
            clips.Add(clip.IsPicture ? throw CmdletErrors.ClipIsPicture(path) : clip.Video is null ? throw CmdletErrors.ClipWithoutVideo(path) : clip with { RequestedLength = length });
        }

        Clip? soundtrack = audio is null ? null : await ffmpeg.ProbeAsync(audio, stopping).ConfigureAwait(false);
        return soundtrack is { Audio: null } ? throw CmdletErrors.SoundtrackWithoutAudio(audio!) : new Film(clips, soundtrack);
    }

    private void Report(Film film, TimeSpan time) => ReportProgress(
        "Joining clips", $"{time.TotalSeconds:0} s of {film.Duration?.TotalSeconds:0} s", film.Duration is { Ticks: > 0 } total ? Math.Clamp(time / total, 0, 1) : null);
}
