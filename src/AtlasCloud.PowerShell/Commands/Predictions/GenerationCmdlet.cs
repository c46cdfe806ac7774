using System.Collections;
using System.Management.Automation;
using AtlasCloud.PowerShell.Parameters;
using AtlasCloud.PowerShell.Pipeline;

namespace AtlasCloud.PowerShell.Commands;

/// <summary>The parameters and the flow of the commands that generate. Submits run beside the pipeline and come out in the order of the input.</summary>
public abstract class GenerationCmdlet : SessionCmdlet
{
    private PipelineWork<object?, Prediction>? _submits;

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

    /// <summary>How many submits may be under way together; that of the session where it is left out.</summary>
    [Parameter]
    [ValidateRange(1, 256)]
    public int? ThrottleLimit { get; set; }

    /// <summary>Send what the model's list of inputs does not know, and leave out what it asks for.</summary>
    [Parameter]
    public SwitchParameter SkipValidation { get; set; }

    /// <summary>The name of the endpoint.</summary>
    private protected abstract string Kind { get; }

    /// <inheritdoc/>
    protected override void BeginInput()
    {
        base.BeginInput();
        _submits = new(Pump, ThrottleLimit ?? Client.Options.ThrottleLimit, inOrder: true);
    }

    /// <inheritdoc/>
    protected override void ProcessInput()
    {
        GenerationRequest request = new GenerationInput(this, SessionState.Path).ToRequest();
        if (ShouldProcess(request.Model, $"Submit {Kind.ToLowerInvariant()} request, which is billed: {Short(request.Prompt)}"))
        {
            _submits!.WaitForPlace();
            TakeFinished(_submits, Emit);
            Submit(request);
        }

        TakeFinished(_submits!, Emit);
    }

    /// <inheritdoc/>
    protected override void EndInput() => TakeAll(_submits!, Emit);

    /// <summary>Whether the value of this parameter was typed, not taken from a property of what came down the pipeline.</summary>
    internal bool IsTyped(string parameterName) => IsFromCommandLine(parameterName);

    private void Submit(GenerationRequest request)
    {
        GenerationKind kind = Enum.Parse<GenerationKind>(Kind);
        CancellationToken onTheWire = AbandonToken;

        // A row is its wrapping: what is inside is the same for all of them.
        object? input = InputObject is { BaseObject: PSCustomObject } ? InputObject : InputObject?.BaseObject;
        _submits!.Add(
            input ?? request.Prompt,
            stopping => Client.Predictions.CreateAsync(request, kind, stopping, onTheWire));
    }

    private void Emit(object? input, Prediction prediction) => WriteObject(prediction);

    private static string Short(string? prompt) =>
        string.IsNullOrEmpty(prompt) ? "no prompt" : prompt.Length <= 60 ? $"\"{prompt}\"" : $"\"{prompt[..59]}…\"";
}
