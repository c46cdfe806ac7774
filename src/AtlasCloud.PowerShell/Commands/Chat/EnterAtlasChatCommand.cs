using System.Management.Automation;
using AtlasCloud.PowerShell.Completers;
using AtlasCloud.PowerShell.Transformations;

namespace AtlasCloud.PowerShell.Commands;

/// <summary>Chats with a language model at the prompt, until /exit.</summary>
[Cmdlet(VerbsCommon.Enter, "AtlasChat", SupportsShouldProcess = true)]
[OutputType(typeof(ChatReply))]
public sealed class EnterAtlasChatCommand : ChatCmdlet
{
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
        string model = RequireModel(Model, Conversation);
        ChatConsole console = new(Host.UI, SessionState.Path, model, System, Conversation);
        if (!ShouldProcess(model, "Chat with the model; each message is billed"))
        {
            return;
        }

        console.ShowWelcome();
        while (console.ReadMessage() is ConsoleMessage message)
        {
            try
            {
                console.Add(StreamToHost(WithTools(message.ToRequest(Temperature, MaxTokens))));
            }
            catch (AtlasCloudException exception) when (!StoppingToken.IsCancellationRequested)
            {
                console.ShowError(exception);
            }
        }

        if (PassThru && console.Reply is ChatReply reply)
        {
            WriteObject(reply);
        }
    }
}
