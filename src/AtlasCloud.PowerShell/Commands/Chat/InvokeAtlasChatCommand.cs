using System.Collections;
using System.Management.Automation;
using AtlasCloud.PowerShell.Binding;
using AtlasCloud.PowerShell.Completers;
using AtlasCloud.PowerShell.Pipeline;
using AtlasCloud.PowerShell.Tools;
using AtlasCloud.PowerShell.Transformations;

namespace AtlasCloud.PowerShell.Commands;

/// <summary>Sends a message to a language model. The reply converts to its text and can be piped into the next call.</summary>
[Cmdlet(VerbsLifecycle.Invoke, "AtlasChat", SupportsShouldProcess = true, DefaultParameterSetName = PlainSet)]
[OutputType(typeof(ChatReply), typeof(ChatChunk))]
public sealed class InvokeAtlasChatCommand : ChatCmdlet
{
    private const string PlainSet = "Plain";
    private const string StreamSet = "Stream";
    private const string LiveSet = "Live";

    private readonly PipedText _text = new();
    private ReplyShape? _shape;
    private ColumnReporter? _reporter;

    /// <summary>The message. Piped text is what the message is about, or the message itself if this parameter is omitted.</summary>
    [Parameter(Position = 0, ValueFromPipelineByPropertyName = true)]
    [Alias("Prompt")]
    [AllowEmptyString]
    public string? Message { get; set; }

    /// <summary>Text is the message, or belongs to the specified one. An earlier reply is continued, and files, uploads and outputs are media. The properties of other objects are parameters.</summary>
    [Parameter(ValueFromPipeline = true)]
    [ValidateNotNull]
    public PSObject? InputObject { get; set; }

    /// <summary>The model. Each message goes to each of several models. Default: the model of the conversation.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(ModelCompleter))]
    public string[]? Model { get; set; }

    /// <summary>Images. Files up to 4 MiB are sent with the message, larger ones are uploaded.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [MediaSourceTransformation]
    [SupportsWildcards]
    public MediaSource[]? Image { get; set; }

    /// <summary>Videos.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [MediaSourceTransformation]
    [SupportsWildcards]
    public MediaSource[]? Video { get; set; }

    /// <summary>Audio, as wav or mp3.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [MediaSourceTransformation]
    [SupportsWildcards]
    public MediaSource[]? Audio { get; set; }

    /// <summary>An earlier reply, or messages, to continue.</summary>
    [Parameter]
    [ConversationTransformation]
    [ValidateNotNull]
    public ChatReply? Conversation { get; set; }

    /// <summary>The chat protocol. Default: the first of the model's protocols in the catalog.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(ChatProtocolCompleter))]
    public string? Protocol { get; set; }

    /// <summary>Nucleus sampling, 0 to 1: the probability mass of the tokens to choose from.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [NumberTransformation(typeof(double), Minimum = 0, Maximum = 1)]
    public double? TopP { get; set; }

    /// <summary>Sequences at which the model stops.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    public string[]? Stop { get; set; }

    /// <summary>The seed.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [NumberTransformation(typeof(long))]
    public long? Seed { get; set; }

    /// <summary>How much the model reasons, if it supports that: low, medium, high.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(ReasoningEffortCompleter))]
    public string? ReasoningEffort { get; set; }

    /// <summary>The JSON schema that the reply has to match: a hashtable, JSON text, or the path of a file. The reply's Object has the value.</summary>
    [Parameter]
    [ValidateNotNull]
    public object? JsonSchema { get; set; }

    /// <summary>The type of the reply's Object, or a short form such as 'title:string, score:int, tags:string[]'.</summary>
    [Parameter]
    [ValidateNotNull]
    public object? As { get; set; }

    /// <summary>Further parameters, under the protocol's own names: a hashtable, an object, or JSON.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ParametersTransformation]
    public IDictionary? Parameters { get; set; }

    /// <summary>Send one request per piped string, each with the message. Default: one request with all piped strings.</summary>
    [Parameter]
    public SwitchParameter ForEachInput { get; set; }

    /// <summary>Write chunks as they arrive; the last one carries the whole reply. At the prompt, the text is shown instead.</summary>
    [Parameter(Mandatory = true, ParameterSetName = StreamSet)]
    public SwitchParameter Stream { get; set; }

    /// <summary>Show the text on the host as it arrives, and return the reply at the end, unless the host would show it again.</summary>
    [Parameter(Mandatory = true, ParameterSetName = LiveSet)]
    public SwitchParameter Live { get; set; }

    /// <inheritdoc/>
    protected override void BeginInput()
    {
        base.BeginInput();
        if (JsonSchema is not null && As is not null)
        {
            throw CmdletErrors.SchemaAndType();
        }

        ModelKeys.Check(Parameters, ReadModels());
        _shape = JsonSchema is not null ? ReplyShape.FromSchema(JsonSchema, SessionState.Path) : As is not null ? ReplyShape.FromType(As) : null;
    }

    /// <inheritdoc/>
    protected override void ProcessInput()
    {
        string? text = IsFromCommandLine(nameof(Message)) ? PipelineInput.ReadPlainText(InputObject) : null;
        if (text is null)
        {
            _text.HasOtherInput = true;
            Send(InputObject, null);
        }
        else if (ForEachInput)
        {
            _text.HasOtherInput = true;
            Send(null, RequireText(text));
        }
        else
        {
            _text.Add(text);
        }
    }

    /// <inheritdoc/>
    protected override void EndInput()
    {
        if (_text.IsUsed)
        {
            ForEach([Message], _ => Send(null, RequireText(_text.ToString())));
        }
        else if (!_text.HasOtherInput)
        {
            WriteWarning("The pipeline input is empty, so the message was not sent.");
        }
    }

    private static string RequireText(string text) => InputText.IsBlank(text) ? throw CmdletErrors.PipedTextBlank() : text;

    private ComparedModels? ReadModels() => Model is not null && IsFromCommandLine(nameof(Model)) ? new ComparedModels(Model) : null;

    private void Send(PSObject? item, string? text)
    {
        ComparedModels? models = ReadModels();
        if (models is { IsSeveral: true })
        {
            ForEach(models.Usable, model => Send(item, text, model, models));
        }
        else
        {
            Send(item, text, models?.Names[0], models);
        }
    }

    private void Send(PSObject? item, string? text, string? model, ComparedModels? models)
    {
        _reporter ??= new ColumnReporter(WriteWarning) { Scripts = ArgumentScripts.FindLater(this) };
        ChatInput input = new(this, item, text, _reporter, SessionState.Path) { TypedModel = model, Models = models };
        ChatRequest request = WithTools(input.ToRequest(RequireModel(input.Model, input.Before), _shape?.Schema));
        RequireKey(stopping => Client.Chat.CompleteAsync(request, stopping));
        if (!ShouldProcess(request.Model, "Send a message, which is billed"))
        {
            return;
        }

        if (Live && models is { IsSeveral: true })
        {
            Host.UI.WriteLine($"{request.Model}:");
        }

        bool isShown = (Stream || Live) && DefaultOutput.IsNext(this);
        if (Stream && !isShown)
        {
            foreach (ChatChunk chunk in StreamChunks(request))
            {
                WriteObject(chunk.Reply is null || _shape is null ? chunk : chunk with { Reply = _shape.Apply(chunk.Reply) });
                ReportInterruption(chunk.Reply);
            }

            return;
        }

        ChatReply reply = Stream || Live ? StreamToHost(request) : Run(stopping => Client.Chat.CompleteAsync(request, stopping));
        reply = _shape?.Apply(reply) ?? reply;
        if (!isShown)
        {
            WriteObject(reply);
        }

        ReportInterruption(reply);
    }

    // What arrived comes first, then one error about the interruption.
    private void ReportInterruption(ChatReply? reply)
    {
        if (reply?.GetInterruption() is AtlasCloudException interruption)
        {
            WriteFailure(interruption, reply);
        }
    }
}
