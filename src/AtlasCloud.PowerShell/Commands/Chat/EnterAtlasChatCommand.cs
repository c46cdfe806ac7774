using System.Management.Automation;
using AtlasCloud.PowerShell.Completers;
using AtlasCloud.PowerShell.Pipeline;
using AtlasCloud.PowerShell.Transformations;

namespace AtlasCloud.PowerShell.Commands;

/// <summary>Talks with a language model at the prompt, until /exit.</summary>
[Cmdlet(VerbsCommon.Enter, "AtlasChat", SupportsShouldProcess = true)]
[OutputType(typeof(ChatReply))]
public sealed class EnterAtlasChatCommand : ChatCmdlet
{
    /// <summary>The model; /model changes it.</summary>
    [Parameter(Position = 0)]
    [ArgumentCompleter(typeof(ModelCompleter))]
    [ValidateNotNullOrEmpty]
    public string? Model { get; set; }

    /// <summary>What the model shall be and do; /system changes it.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? System { get; set; }

    /// <summary>An earlier reply or messages, which go on.</summary>
    [Parameter(ValueFromPipeline = true)]
    [ConversationTransformation]
    [ValidateNotNull]
    public ChatReply? Conversation { get; set; }

    /// <summary>0 to 2: how far it strays from the likeliest words.</summary>
    [Parameter]
    [ValidateRange(0.0, 2.0)]
    public double? Temperature { get; set; }

    /// <summary>The most tokens to write in one answer.</summary>
    [Parameter]
    [ValidateRange(1, int.MaxValue)]
    public int? MaxTokens { get; set; }

    /// <summary>Return the last reply at the end, with the whole conversation.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    protected override void ProcessInput()
    {
        ChatConsole console = new(Host.UI, SessionState.Path, Model ?? Conversation?.Model, System, Conversation);
        if (console.Model is null)
        {
            throw ChatInput.Invalid("No model is named.", "Give -Model; Get-AtlasModel -Type Text lists the language models.");
        }

        if (!ShouldProcess(console.Model, "Talk with the model; each question is billed"))
        {
            return;
        }

        console.Welcome();
        while (console.ReadQuestion() is ChatQuestion question)
        {
            try
            {
                console.Take(AskLive(WithTools(question.ToRequest(Temperature, MaxTokens))));
            }
            catch (AtlasCloudException exception) when (!StoppingToken.IsCancellationRequested)
            {
                console.Refuse(exception);
            }
        }

        if (PassThru && console.Reply is ChatReply reply)
        {
            WriteObject(reply);
        }
    }
}
