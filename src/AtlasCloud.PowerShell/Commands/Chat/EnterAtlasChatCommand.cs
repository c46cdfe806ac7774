using System.Management.Automation;
using AtlasCloud.PowerShell.Completers;
using AtlasCloud.PowerShell.Pipeline;
using AtlasCloud.PowerShell.Transformations;

namespace AtlasCloud.PowerShell.Commands;

/// <summary>Chats with a language model at the prompt, until /exit.</summary>
[Cmdlet(VerbsCommon.Enter, "AtlasChat", SupportsShouldProcess = true)]
[OutputType(typeof(ChatReply))]
public sealed class EnterAtlasChatCommand : ChatCmdlet
{
    private ChatTerminal? _terminal;

    /// <summary>The model. Default: the model of the conversation. /model changes it.</summary>
    [Parameter(Position = 0)]
    [ArgumentCompleter(typeof(ModelCompleter))]
    [ValidateNotNullOrEmpty]
    public string? Model { get; set; }

    /// <summary>An earlier reply, or messages, to continue.</summary>
    [Parameter(ValueFromPipeline = true)]
    [ConversationTransformation]
    [ValidateNotNull]
    public ChatReply? Conversation { get; set; }

    /// <summary>Return the last reply at the end, with the whole conversation.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    protected override void ProcessInput()
    {
        // The engine also binds an object of which only a property such as System fits.
        if (MyInvocation.ExpectingInput && (Conversation is null || IsFromCommandLine(nameof(Conversation))))
        {
            throw CmdletErrors.NotConversation();
        }

        string model = RequireModel(Model, Conversation);
        RequireKey(stopping => Client.Models.ResolveAsync(model, "Text", stopping));
        if (!ShouldProcess(model, "Chat with the model; each message is billed"))
        {
            return;
        }

        using ChatTerminal terminal = new(Host, new ConsoleCompleter(Client.Models).Complete, KeyboardClock, StoppingToken);
        _terminal = terminal;
        ChatConsole console = new(Host.UI, terminal, SessionState.Path, model, System, Conversation);
        console.ShowWelcome();
        while (console.ReadMessage() is ConsoleMessage message)
        {
            try
            {
                ChatRequest request = WithTools(message.ToRequest(Temperature, MaxTokens));
                terminal.RunInterruptible(interrupted => Answer(console, request, interrupted));
            }
            catch (AtlasCloudException exception) when (!StoppingToken.IsCancellationRequested)
            {
                console.ShowError(exception);
            }
        }

        _terminal = null;
        if (PassThru && console.Reply is ChatReply reply)
        {
            WriteObject(reply);
        }
    }

    private protected override ChatToolResult RunForeignCode(Func<ChatToolResult> code) => _terminal is null ? code() : _terminal.RunForeignCode(code);

    // Returns false if the user ended the answer.
    private bool Answer(ChatConsole console, ChatRequest request, CancellationToken interrupted)
    {
        LiveText live = new(Host.UI);
        try
        {
            console.Add(live.Show(StreamChunks(request, interrupted)));
            return true;
        }
        catch (Exception exception) when (
            exception is OperationCanceledException or AtlasCloudException && interrupted.IsCancellationRequested && !StoppingToken.IsCancellationRequested)
        {
            live.EndLine();
            console.AddInterrupted(request, live.Text);
            return false;
        }
    }
}
