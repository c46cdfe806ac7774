using System.Collections;
using System.Management.Automation;
using AtlasCloud.PowerShell.Completers;
using AtlasCloud.PowerShell.Pipeline;
using AtlasCloud.PowerShell.Tools;
using AtlasCloud.PowerShell.Transformations;

namespace AtlasCloud.PowerShell.Commands;

/// <summary>Asks a language model. The reply reads as its text, and pipes into the next question.</summary>
[Cmdlet(VerbsLifecycle.Invoke, "AtlasChat", SupportsShouldProcess = true, DefaultParameterSetName = PlainSet)]
[OutputType(typeof(ChatReply), typeof(ChatChunk))]
public sealed class InvokeAtlasChatCommand : ChatCmdlet
{
    private const string PlainSet = "Plain";
    private const string StreamSet = "Stream";
    private const string LiveSet = "Live";

    private ReplyShape? _shape;

    /// <summary>The question. Text from the pipeline is a question too.</summary>
    [Parameter(Position = 0, ValueFromPipelineByPropertyName = true)]
    [Alias("Prompt")]
    [AllowEmptyString]
    public string? Message { get; set; }

    /// <summary>Text is a question, an earlier reply is continued, and files, uploads and outputs are media.</summary>
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

    /// <summary>Videos.</summary>
    [Parameter]
    [MediaSourceTransformation]
    [SupportsWildcards]
    public MediaSource[]? Video { get; set; }

    /// <summary>Sound, as wav or mp3.</summary>
    [Parameter]
    [MediaSourceTransformation]
    [SupportsWildcards]
    public MediaSource[]? Audio { get; set; }

    /// <summary>An earlier reply or messages, which go on.</summary>
    [Parameter]
    [ConversationTransformation]
    [ValidateNotNull]
    public ChatReply? Conversation { get; set; }

    /// <summary>How to talk to the model; the catalog decides where it is left out.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(ChatProtocolCompleter))]
    [ValidateNotNullOrEmpty]
    public string? Protocol { get; set; }

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

    /// <summary>The JSON schema that the reply has to fit: a hashtable, JSON text, or the path of a file. The value is in the reply's Object.</summary>
    [Parameter]
    [ValidateNotNull]
    public object? JsonSchema { get; set; }

    /// <summary>The type that the reply's Object has to be, or a short form such as 'title:string, score:int, tags:string[]'.</summary>
    [Parameter]
    [ValidateNotNull]
    public object? As { get; set; }

    /// <summary>Anything else, by the protocol's own names.</summary>
    [Parameter]
    [ValidateNotNull]
    public IDictionary? Parameters { get; set; }

    /// <summary>Return pieces as they arrive; the last one carries the whole reply.</summary>
    [Parameter(Mandatory = true, ParameterSetName = StreamSet)]
    public SwitchParameter Stream { get; set; }

    /// <summary>Show the words on the host as they arrive, and return the reply at the end.</summary>
    [Parameter(Mandatory = true, ParameterSetName = LiveSet)]
    public SwitchParameter Live { get; set; }

    /// <inheritdoc/>
    protected override void BeginInput()
    {
        base.BeginInput();
        if (JsonSchema is not null && As is not null)
        {
            throw ChatInput.Invalid("-JsonSchema and -As both say what the reply has to be.", "Give one of them.");
        }

        _shape = JsonSchema is not null ? ReplyShape.FromSchema(JsonSchema, SessionState.Path) : As is not null ? ReplyShape.FromType(As) : null;
    }

    /// <inheritdoc/>
    protected override void ProcessInput()
    {
        ChatRequest request = WithTools(new ChatInput(this, SessionState.Path).ToRequest(_shape?.Schema));
        if (!ShouldProcess(request.Model, "Ask a question, which is billed"))
        {
            return;
        }

        if (Stream)
        {
            foreach (ChatChunk chunk in Ask(request))
            {
                WriteObject(chunk.Reply is null || _shape is null ? chunk : chunk with { Reply = _shape.Shape(chunk.Reply) });
                ReportInterruption(chunk.Reply);
            }

            return;
        }

        ChatReply reply = Live ? AskLive(request) : Run(stopping => Client.Chat.CompleteAsync(request, stopping));
        WriteObject(_shape?.Shape(reply) ?? reply);
        ReportInterruption(reply);
    }

    /// <summary>Whether the value of this parameter was typed, not taken from a property of what came down the pipeline.</summary>
    internal bool IsTyped(string parameterName) => IsFromCommandLine(parameterName);

    // What arrived comes first, then one error that says it is not all.
    private void ReportInterruption(ChatReply? reply)
    {
        if (reply?.Interruption is AtlasCloudException interruption)
        {
            WriteFailure(interruption, reply);
        }
    }
}
