using System.Collections;
using System.Management.Automation;
using AtlasCloud.PowerShell.Binding;
using AtlasCloud.PowerShell.Completers;
using AtlasCloud.PowerShell.DynamicParameters;
using AtlasCloud.PowerShell.Pipeline;
using AtlasCloud.PowerShell.Sessions;
using AtlasCloud.PowerShell.Transformations;

namespace AtlasCloud.PowerShell.Commands;

/// <summary>
/// The parameters of a request: those that all models share, and, if a model is specified, the inputs of that model as dynamic parameters.
/// </summary>
public abstract partial class RequestCmdlet : SessionCmdlet, IDynamicParameters
{
    private readonly ModelInputSource _inputs = new();
    private readonly HashSet<string> _scripts = new(StringComparer.OrdinalIgnoreCase);
    private ColumnReporter? _reporter;
    private ComparedModels? _models;

    /// <summary>The prompt; for speech, the text to speak. Text from the pipeline is the prompt. Each of several prompts is a request.</summary>
    [Parameter(Position = 0, ValueFromPipelineByPropertyName = true)]
    [Alias("Text")]
    [AllowEmptyString]
    public string[]? Prompt { get; set; }

    /// <summary>Pipeline input. Text is a prompt; files, uploads, outputs and predictions are media; the properties of other objects are parameters.</summary>
    [Parameter(ValueFromPipeline = true)]
    [ValidateNotNull]
    public PSObject? InputObject { get; set; }

    /// <summary>The model ID. Each input goes to each of several models.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true, HelpMessage = "The ID of a model, as Get-AtlasModel shows it.")]
    [ArgumentCompleter(typeof(ModelCompleter))]
    public string[] Model { get; set; } = [];

    /// <summary>Source images, or the first frame of a video. Local files are uploaded automatically.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("image_url")]
    [MediaSourceTransformation]
    [ArgumentCompleter(typeof(MediaCompleter))]
    [SupportsWildcards]
    public MediaSource[]? Image { get; set; }

    /// <summary>The last frame of a video.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("last_image", "end_image")]
    [MediaSourceTransformation]
    [ArgumentCompleter(typeof(MediaCompleter))]
    [SupportsWildcards]
    public MediaSource[]? LastImage { get; set; }

    /// <summary>Source videos.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("video_url")]
    [MediaSourceTransformation]
    [ArgumentCompleter(typeof(MediaCompleter))]
    [SupportsWildcards]
    public MediaSource[]? Video { get; set; }

    /// <summary>Source audio, or audio that drives the video.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("audio_url")]
    [MediaSourceTransformation]
    [ArgumentCompleter(typeof(MediaCompleter))]
    [SupportsWildcards]
    public MediaSource[]? Audio { get; set; }

    /// <summary>What the result must not contain.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("negative_prompt")]
    public string? NegativePrompt { get; set; }

    /// <summary>The seed, for reproducible results.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [NumberTransformation(typeof(long))]
    public long? Seed { get; set; }

    /// <summary>The aspect ratio, for example 16:9.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("aspect_ratio", "ratio")]
    [ArgumentCompleter(typeof(AspectRatioCompleter))]
    public string? AspectRatio { get; set; }

    /// <summary>The resolution, for example 720p.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(ResolutionCompleter))]
    public string? Resolution { get; set; }

    /// <summary>The size in pixels, for example 1024x768.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(ModelInputCompleter))]
    public string? Size { get; set; }

    /// <summary>The duration in seconds.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [NumberTransformation(typeof(decimal))]
    [ArgumentCompleter(typeof(ModelInputCompleter))]
    public decimal? Duration { get; set; }

    /// <summary>The number of results per request. Default: the default of the model.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("num_images", "n")]
    [NumberTransformation(typeof(int))]
    [ArgumentCompleter(typeof(ModelInputCompleter))]
    public int? Count { get; set; }

    /// <summary>Other inputs, by the names that the model uses: a hashtable, an object, or JSON. Local files for media inputs are uploaded.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ParametersTransformation]
    [ArgumentCompleter(typeof(ParametersCompleter))]
    public IDictionary? Parameters { get; set; }

    /// <summary>A label for the prediction in the journal and in file names. It is not sent.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    public string? Label { get; set; }

    /// <summary>The webhook address, which the service notifies when the prediction has finished. It must be public and start with https.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    public Uri? WebhookUri { get; set; }

    /// <summary>How long the service keeps the outputs: 1 to 336 hours, such as 24h. A number is seconds. Default: the default of the service.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [TimeSpanTransformation]
    public TimeSpan? OutputExpiration { get; set; }

    /// <summary>The maximum number of concurrent requests. Default: the limit of the session.</summary>
    [Parameter]
    [ValidateRange(1, 256)]
    [NumberTransformation(typeof(int))]
    public int? ThrottleLimit { get; set; }

    /// <summary>Skips the validation against the model's schema. Necessary to submit to a model that publishes no schema.</summary>
    [Parameter]
    public SwitchParameter SkipValidation { get; set; }

    /// <summary>Returns the inputs of the model as dynamic parameters; null if no model is specified or its schema is unavailable.</summary>
    public object? GetDynamicParameters()
    {
        // An error in the file of defaults is reported when the command runs.
        DefaultModel = GetKind() is GenerationKind kind ? CommandDefaults.TryGet().GetModel(kind) : null;
        return _inputs.Declare(this, isRunning: MyInvocation.PipelineLength > 0, StoppingToken);
    }

    internal AtlasCloudClient RequestClient => Client;

    /// <summary>The user's default model; null if there is none.</summary>
    internal string? DefaultModel { get; private set; }

    /// <summary>The parameter of Set-AtlasDefault for the default model; null if the command has none.</summary>
    internal string? DefaultModelParameter => GetKind() is GenerationKind kind ? $"{kind}Model" : null;

    private protected override bool NeedsKey => false;

    /// <summary>Whether an argument is a script block that runs for each pipeline object.</summary>
    internal bool IsScriptArgument(string parameter) => _scripts.Contains(parameter);

    /// <summary>Whether any argument is a script block that runs for each pipeline object, and can therefore use the object.</summary>
    internal bool HasScriptArguments => _scripts.Count > 0;

    /// <summary>
    /// The endpoint: image, video or audio; null for any. Not a <see cref="GenerationKind"/>, because on Windows .NET loads the enums and structs in the
    /// signatures of virtual methods together with the type, and the engine loads this type before the library can be found.
    /// </summary>
    private protected virtual string? Endpoint => null;

    /// <inheritdoc/>
    protected override void BeginInput()
    {
        Dictionary<string, Type> inputs = RowParameters.Get(GetType()).All.Where(p => p.TakesColumn).ToDictionary(p => p.Name, p => p.Type!, StringComparer.OrdinalIgnoreCase);
        foreach (RuntimeDefinedParameter parameter in _inputs.Declared)
        {
            inputs[parameter.Name] = Nullable.GetUnderlyingType(parameter.ParameterType) ?? parameter.ParameterType;
        }

        _scripts.UnionWith(TypedArguments.FindScripts(MyInvocation.BoundParameters, inputs));
        TypedArguments.RequireValues(MyInvocation.BoundParameters, inputs.ContainsKey);
        base.BeginInput();

        // A file that is not valid is an error only if the command needs its value.
        DefaultModel = GetKind() is GenerationKind kind && !IsFromCommandLine(nameof(Model)) ? CommandDefaults.Get(WriteWarning).GetModel(kind) : null;
        _models = IsFromCommandLine(nameof(Model)) && !IsScriptArgument(nameof(Model)) ? new ComparedModels(Model) : null;
        ModelKeys.Check(Parameters, _models);
        if (_models is { IsSeveral: true })
        {
            ForEach(_models.Names, CheckModel);
        }
    }

    /// <summary>The endpoint of the command; null for any.</summary>
    private protected GenerationKind? GetKind() => Endpoint switch
    {
        "image" => GenerationKind.Image,
        "video" => GenerationKind.Video,
        "audio" => GenerationKind.Audio,
        _ => null,
    };

    /// <summary>Requires a key for a request. What is wrong with the request itself is reported first, since it is wrong with a key as well.</summary>
    /// <exception cref="AtlasCloudException">The error of the request, or NoSession.</exception>
    private protected void RequireKey(GenerationRequest request, GenerationKind? kind) =>
        RequireKey(stopping => Client.Predictions.PreviewAsync(request, kind, stopping));

    /// <summary>The target of errors about a request: the pipeline input, or else the prompt.</summary>
    private protected object? GetErrorTarget(GenerationRequest request)
    {
        // The properties of a custom object belong to its wrapper; its base object has none.
        return PSObjects.UnwrapUnlessCustom(InputObject) ?? request.Prompt;
    }
}
