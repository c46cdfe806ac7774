using System.Management.Automation;
using AtlasCloud.PowerShell.Tools;

namespace AtlasCloud.PowerShell.Pipeline;

/// <summary>What the commands that chat share: tools that run on the pipeline thread, and words that show on the host as they come.</summary>
public abstract class ChatCmdlet : SessionCmdlet
{
    private const int ReadAhead = 256;

    private IReadOnlyList<AtlasTool> _tools = [];

    /// <summary>What the model may call: names of commands, commands, script blocks with a param block, or hashtables with Name, Description and ScriptBlock. Nothing else is ever run.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public object[]? Tool { get; set; }

    /// <summary>How many rounds of tool calls may follow one question.</summary>
    [Parameter]
    [ValidateRange(1, 100)]
    public int MaximumToolRound { get; set; } = 8;

    /// <inheritdoc/>
    protected override void BeginInput()
    {
        base.BeginInput();
        _tools = Tool is null ? [] : new ToolFactory(InvokeCommand).Make(Tool);
    }

    /// <summary>The request with the tools of this command.</summary>
    private protected ChatRequest WithTools(ChatRequest request) => _tools.Count == 0 ? request : request with
    {
        Tools = [.. _tools.Select(t => t.Description)],
        RunTool = RunToolAsync,
        MaximumToolRounds = MaximumToolRound,
    };

    /// <summary>The pieces of the answer, each the moment it is there.</summary>
    private protected IEnumerable<ChatChunk> Ask(ChatRequest request) => Pull(Client.Chat.StreamAsync(request, StoppingToken), ReadAhead);

    /// <summary>Shows the words on the host as they come, and returns the whole.</summary>
    private protected ChatReply AskLive(ChatRequest request)
    {
        ChatReply? reply = null;
        LiveText live = new(Host.UI);
        foreach (ChatChunk chunk in Ask(request))
        {
            live.Write(chunk);
            reply = chunk.Reply ?? reply;
        }

        live.End();
        return reply!;
    }

    private async Task<ChatToolResult> RunToolAsync(ChatToolCall call, CancellationToken cancellationToken)
    {
        // Scripts run where the pipeline runs; the answer waits here meanwhile.
        TaskCompletionSource<ChatToolResult> result = new(TaskCreationOptions.RunContinuationsAsynchronously);
        using CancellationTokenRegistration stop = cancellationToken.Register(() => result.TrySetCanceled(cancellationToken));
        Post(() =>
        {
            try
            {
                result.TrySetResult(RunTool(call));
            }
            catch (Exception exception)
            {
                result.TrySetException(exception);
                throw;
            }
        });
        return await result.Task.ConfigureAwait(false);
    }

    private ChatToolResult RunTool(ChatToolCall call)
    {
        AtlasTool tool = _tools.First(t => t.Name == call.Name);
        if (!ShouldProcess(call.ToString(), "Run the tool that the model asks for"))
        {
            return new ChatToolResult("The user did not allow this call. It was not run.", IsError: true);
        }

        WriteVerbose($"The model calls {call}.");
        (string text, bool isError) = new ToolRunner(InvokeCommand).Run(tool, call.ReadArguments()!);
        return new ChatToolResult(text, isError);
    }
}
