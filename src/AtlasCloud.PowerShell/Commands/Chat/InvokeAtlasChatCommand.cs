using System.Collections;
using System.Globalization;
using System.Management.Automation;
using AtlasCloud.PowerShell.Parameters;
using AtlasCloud.PowerShell.Pipeline;

namespace AtlasCloud.PowerShell.Commands;

/// <summary>Asks a language model. The reply reads as its text, and pipes into the next question.</summary>
[Cmdlet(VerbsLifecycle.Invoke, "AtlasChat", SupportsShouldProcess = true)]
[OutputType(typeof(ChatReply), typeof(ChatChunk))]
public sealed class InvokeAtlasChatCommand : SessionCmdlet
{
    private const int ReadAhead = 256;

    /// <summary>The question. Text from the pipeline is a question too.</summary>
    [Parameter(Position = 0, ValueFromPipelineByPropertyName = true)]
    [Alias("Prompt")]
    [AllowEmptyString]
    public string? Message { get; set; }

    /// <summary>Text is a question, an earlier reply is continued, and files, uploads and outputs are pictures.</summary>
    [Parameter(ValueFromPipeline = true)]
    [ValidateNotNull]
    public PSObject? InputObject { get; set; }

    /// <summary>The model; that of the conversation where it is left out.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(ModelCompleter))]
    [ValidateNotNullOrEmpty]
    public string? Model { get; set; }

    /// <summary>What the model shall be and do.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? System { get; set; }

    /// <summary>Pictures. Small files are sent along, large ones uploaded.</summary>
    [Parameter]
    [MediaSourceTransformation]
    [SupportsWildcards]
    public MediaSource[]? Image { get; set; }

    /// <summary>An earlier reply, whose conversation goes on.</summary>
    [Parameter]
    [ChatReplyTransformation]
    [ValidateNotNull]
    public ChatReply? Conversation { get; set; }

    /// <summary>0 to 2: how far it strays from the likeliest words.</summary>
    [Parameter]
    [ValidateRange(0.0, 2.0)]
    public double? Temperature { get; set; }

    /// <summary>0 to 1: the share of likely words it chooses from.</summary>
    [Parameter]
    [ValidateRange(0.0, 1.0)]
    public double? TopP { get; set; }

    /// <summary>The most tokens to write. Hidden reasoning counts.</summary>
    [Parameter]
    [ValidateRange(1, int.MaxValue)]
    public int? MaxTokens { get; set; }

    /// <summary>Texts at which it stops.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string[]? Stop { get; set; }

    /// <summary>The seed.</summary>
    [Parameter]
    public long? Seed { get; set; }

    /// <summary>How long it thinks, where the model knows that.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(ReasoningEffortCompleter))]
    [ValidateNotNullOrEmpty]
    public string? ReasoningEffort { get; set; }

    /// <summary>Anything else, by the protocol's own names.</summary>
    [Parameter]
    [ValidateNotNull]
    public IDictionary? Parameters { get; set; }

    /// <summary>Return pieces as they arrive; the last one carries the whole reply.</summary>
    [Parameter]
    public SwitchParameter Stream { get; set; }

    /// <inheritdoc/>
    protected override void ProcessInput()
    {
        ChatRequest request = MakeRequest();
        if (!ShouldProcess(request.Model, "Ask a question, which is billed"))
        {
            return;
        }

        if (!Stream)
        {
            WriteObject(Run(stopping => Client.Chat.CompleteAsync(request, stopping)));
            return;
        }

        foreach (ChatChunk chunk in Pull(Client.Chat.StreamAsync(request, StoppingToken), ReadAhead))
        {
            WriteObject(chunk);
            if (chunk.Reply is { Interruption: AtlasCloudException interruption } reply)
            {
                WriteFailure(interruption, reply);
            }
        }
    }

    private ChatRequest MakeRequest()
    {
        object? input = Deserialized.Restore(InputObject);
        ChatReply? before = input as ChatReply ?? Conversation;

        // A piped reply has a Model property too, which the binder takes: it is the right one. That of a picture made the picture.
        bool isMade = input is Prediction or Output or Media;
        string? model = isMade && !IsFromCommandLine(nameof(Model)) ? before?.Model : Model ?? before?.Model;
        string? question = IsFromCommandLine(nameof(Message)) ? Message : Question(input) ?? Message;
        if (string.IsNullOrEmpty(model))
        {
            throw Invalid("No model is named.", "Give -Model; Get-AtlasModel -Type Text lists the language models.");
        }

        MediaSource[] pictures = [.. Image ?? [], .. PipedPictures(input)];
        if (string.IsNullOrEmpty(question) && pictures.Length == 0)
        {
            throw Invalid("There is no question.", "Give -Message, or pipe text.");
        }

        List<ChatMessage> messages = [];
        if (System is not null)
        {
            messages.Add(new ChatMessage { Role = "system", Text = System });
        }

        messages.AddRange((before?.Conversation ?? []).Where(m => System is null || m.Role != "system"));
        messages.Add(new ChatMessage { Role = "user", Text = question ?? "" });
        return new ChatRequest
        {
            Model = model,
            Messages = messages,
            Images = pictures,
            Temperature = Temperature,
            TopP = TopP,
            MaximumTokens = MaxTokens,
            Stop = Stop ?? [],
            Seed = Seed,
            ReasoningEffort = ReasoningEffort,
            Parameters = Parameters is null ? null : PlainValues.Unwrap(Parameters),
        };
    }

    private static string? Question(object? input) => input switch
    {
        string text => text,
        Output { Text: string text } => text,
        ValueType plain => Convert.ToString(plain, CultureInfo.InvariantCulture),
        _ => null,
    };

    private IEnumerable<MediaSource> PipedPictures(object? input) =>
        input is Output { Text: not null } ? [] : input is FileInfo or Media or Output or MediaSource or Prediction
            ? MediaSourceTransformationAttribute.Convert(SessionState.Path, input)
            : [];

    private static AtlasCloudException Invalid(string what, string action) =>
        new(AtlasCloudErrorKind.InvalidParameter, $"{what} Nothing was sent.") { RecommendedAction = action };
}
