using System.Collections;
using System.Management.Automation;
using AtlasCloud.PowerShell.Parameters;
using AtlasCloud.PowerShell.Pipeline;

namespace AtlasCloud.PowerShell.Commands;

/// <summary>The parameters that describe a request: those that are the same for all models.</summary>
public abstract class RequestCmdlet : SessionCmdlet
{
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
    public string? Size { get; set; }

    /// <summary>The length in seconds.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [EmptyAsNull]
    public decimal? Duration { get; set; }

    /// <summary>How many results from one request.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("num_images", "n")]
    [EmptyAsNull]
    public int? Count { get; set; }

    /// <summary>Anything else, by the model's own names.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [EmptyAsNull]
    public IDictionary? Parameters { get; set; }

    /// <summary>Send what the model's list of inputs does not know, and leave out what it asks for.</summary>
    [Parameter]
    public SwitchParameter SkipValidation { get; set; }

    /// <summary>Whether the value of this parameter was typed, not taken from a property of what came down the pipeline.</summary>
    internal bool IsTyped(string parameterName) => IsFromCommandLine(parameterName);

    /// <summary>What was typed and what came down the pipeline, as one request.</summary>
    /// <exception cref="AtlasCloudException">InvalidParameter: what came cannot be used so.</exception>
    private protected GenerationRequest ToRequest() => new GenerationInput(this, SessionState.Path).ToRequest();
}
