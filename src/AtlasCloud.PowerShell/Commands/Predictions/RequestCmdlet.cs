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
/// The parameters that describe a request: those that are the same for all models, and, once a model is named, its own inputs.
/// </summary>
public abstract class RequestCmdlet : SessionCmdlet, IDynamicParameters
{
    private readonly ModelInputSource _inputs = new();
    private readonly HashSet<string> _reported = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>What to make; for speech, what to say. Text from the pipeline is the prompt.</summary>
    [Parameter(Position = 0, ValueFromPipelineByPropertyName = true)]
    [Alias("Text")]
    [AllowEmptyString]
    public string? Prompt { get; set; }

    /// <summary>Text is a prompt; files, uploads, outputs and predictions are media; the properties of anything else are parameters.</summary>
    [Parameter(ValueFromPipeline = true)]
    [ValidateNotNull]
    public PSObject? InputObject { get; set; }

    /// <summary>The model.</summary>
    [Parameter(Mandatory = true, ValueFromPipelineByPropertyName = true, HelpMessage = "The id of a model, as Get-AtlasModel shows it.")]
    [ArgumentCompleter(typeof(ModelCompleter))]
    [ValidateNotNullOrEmpty]
    public string Model { get; set; } = "";

    /// <summary>Source images, or the first frame. Local files are uploaded.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("image_url")]
    [MediaSourceTransformation]
    [SupportsWildcards]
    public MediaSource[]? Image { get; set; }

    /// <summary>The last frame.</summary>
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

    /// <summary>Driving or source audio.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("audio_url")]
    [MediaSourceTransformation]
    [SupportsWildcards]
    public MediaSource[]? Audio { get; set; }

    /// <summary>What to avoid.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("negative_prompt")]
    public string? NegativePrompt { get; set; }

    /// <summary>The seed, for results that can be repeated.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [EmptyAsNull]
    public long? Seed { get; set; }

    /// <summary>The shape, as in 16:9.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("aspect_ratio", "ratio")]
    [ArgumentCompleter(typeof(AspectRatioCompleter))]
    public string? AspectRatio { get; set; }

    /// <summary>The resolution, as in 720p.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(ResolutionCompleter))]
    public string? Resolution { get; set; }

    /// <summary>Pixels, as in 1024x768.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(ModelInputCompleter))]
    public string? Size { get; set; }

    /// <summary>The length in seconds.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [EmptyAsNull]
    [ArgumentCompleter(typeof(ModelInputCompleter))]
    public decimal? Duration { get; set; }

    /// <summary>How many results from one request.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("num_images", "n")]
    [EmptyAsNull]
    [ArgumentCompleter(typeof(ModelInputCompleter))]
    public int? Count { get; set; }

    /// <summary>Anything else, by the model's own names.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [EmptyAsNull]
    [ArgumentCompleter(typeof(ParametersCompleter))]
    public IDictionary? Parameters { get; set; }

    /// <summary>A name to find the prediction again by. It is not sent.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    public string? Label { get; set; }

    /// <summary>Where the service reports the end of the task: a public address that begins with https.</summary>
    [Parameter]
    [ValidateNotNull]
    public Uri? WebhookUri { get; set; }

    /// <summary>How long the outputs shall live: 1 to 336 hours.</summary>
    [Parameter]
    [ValidateNotNull]
    public TimeSpan? OutputExpiration { get; set; }

    /// <summary>How many requests may be under way together; that of the session where it is left out.</summary>
    [Parameter]
    [ValidateRange(1, 256)]
    public int? ThrottleLimit { get; set; }

    /// <summary>Send what the model's list of inputs does not know, and leave out what it asks for.</summary>
    [Parameter]
    public SwitchParameter SkipValidation { get; set; }

    /// <summary>Whether the value of this parameter was typed, not taken from a property of what came down the pipeline.</summary>
    internal bool IsTyped(string parameterName) => IsFromCommandLine(parameterName);

    /// <summary>The model's own inputs as parameters; null while no model is named, or nothing is known of it.</summary>
    public object? GetDynamicParameters() => _inputs.Declare(this, isRunning: MyInvocation.PipelineLength > 0, StoppingToken);

    internal AtlasCloudClient RequestClient => Client;

    /// <summary>Says once that a column of the rows is of no use.</summary>
    internal void ReportColumn(string column, string model)
    {
        if (_reported.Add(column))
        {
            WriteWarning($"Column '{TerminalText.ToSingleLine(column, 60)}' matches no parameter and no input of {model}; it is ignored.");
        }
    }

    /// <summary>What was typed and what came down the pipeline, as one request.</summary>
    /// <exception cref="AtlasCloudException">InvalidParameter: what came cannot be used so.</exception>
    private protected GenerationRequest ToRequest()
    {
        GenerationRequest request = new GenerationInput(this, SessionState.Path).ToRequest() with
        {
            Label = Label,
            WebhookUri = WebhookUri,
            OutputExpiration = OutputExpiration,
        };
        OrderedDictionary own = new ModelSpecificInputs(this, _inputs, SessionState.Path).Read(request.Model, Run);
        return own.Count == 0 ? request : request with
        {
            Images = ModelSpecificInputs.Contains(own, "image", "image_url") && !IsTyped(nameof(Image)) ? [] : request.Images,
            LastImage = ModelSpecificInputs.Contains(own, "last_image", "end_image") && !IsTyped(nameof(LastImage)) ? null : request.LastImage,
            Videos = ModelSpecificInputs.Contains(own, "video", "video_url") && !IsTyped(nameof(Video)) ? [] : request.Videos,
            Audios = ModelSpecificInputs.Contains(own, "audio", "audio_url") && !IsTyped(nameof(Audio)) ? [] : request.Audios,
            Parameters = Together(own, request.Parameters),
        };
    }

    // What stands under -Parameters was asked for by its own name and wins.
    private static OrderedDictionary Together(OrderedDictionary own, IDictionary? explicitly)
    {
        foreach (DictionaryEntry entry in explicitly ?? new Hashtable())
        {
            own[entry.Key] = entry.Value;
        }

        return own;
    }

    /// <summary>What an error about a request has as its target: the input, or else the prompt.</summary>
    private protected object? TargetOf(GenerationRequest request)
    {
        // A row is its wrapping: what is inside is the same for all of them.
        object? input = InputObject is { BaseObject: PSCustomObject } ? InputObject : InputObject?.BaseObject;
        return input ?? request.Prompt;
    }
}
