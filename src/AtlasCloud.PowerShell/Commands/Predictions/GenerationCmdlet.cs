using System.Management.Automation;
using AtlasCloud.PowerShell.Pipeline;

namespace AtlasCloud.PowerShell.Commands;

/// <summary>The flow of the commands that generate. Submits run beside the pipeline and come out in the order of the input.</summary>
public abstract class GenerationCmdlet : RequestCmdlet
{
    private PipelineWork<object?, Prediction>? _submits;

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
        GenerationRequest request = ToRequest() with { Label = Label, WebhookUri = WebhookUri, OutputExpiration = OutputExpiration };
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
