using System.Collections;
using System.Collections.Specialized;
using System.Management.Automation;
using AtlasCloud.PowerShell.Binding;
using AtlasCloud.PowerShell.Completers;
using AtlasCloud.PowerShell.DynamicParameters;
using AtlasCloud.PowerShell.Pipeline;
using AtlasCloud.PowerShell.Transformations;

namespace AtlasCloud.PowerShell.Commands;

/// <summary>
/// The parameters of a request: those that all models share, and, if a model is specified, the inputs of that model as dynamic parameters.
/// </summary>
public abstract class RequestCmdlet : SessionCmdlet, IDynamicParameters
{
    private readonly ModelInputSource _inputs = new();
    private readonly HashSet<string> _reported = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>The prompt; for speech, the text to speak. Text from the pipeline is the prompt.</summary>
    [Parameter(Position = 0, ValueFromPipelineByPropertyName = true)]
    [Alias("Text")]
    [AllowEmptyString]
    public string? Prompt { get; set; }

    /// <summary>Pipeline input. Text is a prompt; files, uploads, outputs and predictions are media; the properties of other objects are parameters.</summary>
    [Parameter(ValueFromPipeline = true)]
    [ValidateNotNull]
    public PSObject? InputObject { get; set; }

    /// <summary>The model ID.</summary>
    [Parameter(Mandatory = true, ValueFromPipelineByPropertyName = true, HelpMessage = "The ID of a model, as Get-AtlasModel shows it.")]
    [ArgumentCompleter(typeof(ModelCompleter))]
    [ValidateNotNullOrEmpty]
    public string Model { get; set; } = "";

    /// <summary>Source images, or the first frame of a video. Local files are uploaded automatically.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("image_url")]
    [MediaSourceTransformation]
    [SupportsWildcards]
    public MediaSource[]? Image { get; set; }

    /// <summary>The last frame of a video.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("last_image", "end_image")]
    [MediaSourceTransformation]
    [SupportsWildcards]
    public MediaSource[]? LastImage { get; set; }

    /// <summary>Source videos.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("video_url")]
    [MediaSourceTransformation]
    [SupportsWildcards]
    public MediaSource[]? Video { get; set; }

    /// <summary>Source audio, or audio that drives the video.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("audio_url")]
    [MediaSourceTransformation]
    [SupportsWildcards]
    public MediaSource[]? Audio { get; set; }

    /// <summary>What the result must not contain.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("negative_prompt")]
    public string? NegativePrompt { get; set; }

    /// <summary>The seed, for reproducible results.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [EmptyAsNull]
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
    [EmptyAsNull]
    [ArgumentCompleter(typeof(ModelInputCompleter))]
    public decimal? Duration { get; set; }

    /// <summary>The number of results per request. Default: the default of the model.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("num_images", "n")]
    [EmptyAsNull]
    [ArgumentCompleter(typeof(ModelInputCompleter))]
    public int? Count { get; set; }

    /// <summary>Other inputs, by the names that the model uses.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [EmptyAsNull]
    [ArgumentCompleter(typeof(ParametersCompleter))]
    public IDictionary? Parameters { get; set; }

    /// <summary>A label for the prediction in the journal and in file names. It is not sent.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    public string? Label { get; set; }

    /// <summary>The webhook address, which the service notifies when the prediction has finished. It must be public and start with https.</summary>
    [Parameter]
    [ValidateNotNull]
    public Uri? WebhookUri { get; set; }

    /// <summary>How long the service keeps the outputs: 1 to 336 hours. Default: the default of the service.</summary>
    [Parameter]
    [ValidateNotNull]
    public TimeSpan? OutputExpiration { get; set; }

    /// <summary>The maximum number of concurrent requests. Default: the limit of the session.</summary>
    [Parameter]
    [ValidateRange(1, 256)]
    public int? ThrottleLimit { get; set; }

    /// <summary>Skips the validation against the model's schema.</summary>
    [Parameter]
    public SwitchParameter SkipValidation { get; set; }

    /// <summary>Returns the inputs of the model as dynamic parameters; null if no model is specified or its schema is not cached.</summary>
    public object? GetDynamicParameters() => _inputs.Declare(this, isRunning: MyInvocation.PipelineLength > 0, StoppingToken);

    internal AtlasCloudClient RequestClient => Client;

    /// <summary>Warns once that a column of the input is ignored.</summary>
    internal void ReportColumn(string column, string model)
    {
        if (_reported.Add(column))
        {
            WriteWarning($"Column '{TerminalText.ToSingleLine(column, 60)}' matches no parameter and no input of {model}; it is ignored.");
        }
    }

    /// <summary>Creates a request from arguments and pipeline input.</summary>
    /// <exception cref="AtlasCloudException">InvalidParameter: the pipeline input cannot be used with these arguments.</exception>
    private protected GenerationRequest CreateRequest()
    {
        GenerationRequest request = new GenerationInput(this, SessionState.Path).CreateRequest() with
        {
            Label = Label,
            WebhookUri = WebhookUri,
            OutputExpiration = OutputExpiration,
        };
        OrderedDictionary own = new ModelInputReader(this, _inputs, SessionState.Path).Read(request.Model, Run);
        return own.Count == 0 ? request : request with
        {
            Images = ModelInputReader.Contains(own, "image", "image_url") && !IsFromCommandLine(nameof(Image)) ? [] : request.Images,
            LastImage = ModelInputReader.Contains(own, "last_image", "end_image") && !IsFromCommandLine(nameof(LastImage)) ? null : request.LastImage,
            Videos = ModelInputReader.Contains(own, "video", "video_url") && !IsFromCommandLine(nameof(Video)) ? [] : request.Videos,
            Audios = ModelInputReader.Contains(own, "audio", "audio_url") && !IsFromCommandLine(nameof(Audio)) ? [] : request.Audios,
            Parameters = Merge(own, request.Parameters),
        };
    }

    // -Parameters takes precedence, since it uses the exact names of the model.
    private static OrderedDictionary Merge(OrderedDictionary own, IDictionary? parameters)
    {
        foreach (DictionaryEntry entry in parameters ?? new Hashtable())
        {
            own[entry.Key] = entry.Value;
        }

        return own;
    }

    /// <summary>The target of errors about a request: the pipeline input, or else the prompt.</summary>
    private protected object? GetErrorTarget(GenerationRequest request)
    {
        // The properties of a custom object belong to its wrapper; its base object has none.
        return PSObjects.UnwrapUnlessCustom(InputObject) ?? request.Prompt;
    }
}
