using System.Management.Automation;
using AtlasCloud.PowerShell.Binding;
using AtlasCloud.PowerShell.Pipeline;
using AtlasCloud.PowerShell.Sessions;
using AtlasCloud.PowerShell.Tools;
using AtlasCloud.PowerShell.Transformations;

namespace AtlasCloud.PowerShell.Commands;

/// <summary>The base of the chat commands: shared parameters, tools that run on the pipeline thread, and text shown on the host as it arrives.</summary>
public abstract class ChatCmdlet : SessionCmdlet
{
    private const int ReadAhead = 256;

    private IReadOnlyList<AtlasTool> _tools = [];

    /// <summary>Instructions for the model.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    public string? System { get; set; }

    /// <summary>The sampling temperature, 0 to 2. Higher values give more varied answers.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [NumberTransformation(typeof(double), Minimum = 0, Maximum = 2)]
    public double? Temperature { get; set; }

    /// <summary>The maximum number of tokens in one answer, including hidden reasoning.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [NumberTransformation(typeof(int), Minimum = 1)]
    public int? MaxTokens { get; set; }

    /// <summary>The tools that the model may call: command names, commands, script blocks with a param block, or hashtables with Name, Description and ScriptBlock. Nothing else is ever run.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public object[]? Tool { get; set; }

    /// <summary>The maximum number of rounds of tool calls per message. Default: 8.</summary>
    [Parameter]
    [ValidateRange(1, 100)]
    [NumberTransformation(typeof(int))]
    public int MaximumToolRound { get; set; } = 8;

    private protected override bool NeedsKey => false;

    /// <inheritdoc/>
    protected override void BeginInput()
    {
        RowParameters parameters = RowParameters.Get(GetType());
        TypedArguments.RequireValues(MyInvocation.BoundParameters, name => parameters.All.Any(p => p.TakesColumn && p.Name == name));
        base.BeginInput();
        _tools = Tool is null ? [] : new ToolFactory(InvokeCommand).Create(Tool);
    }

    /// <summary>The model to use: the given one, or that of the conversation, or the default of the user.</summary>
    /// <exception cref="AtlasCloudException">InvalidParameter: there is neither.</exception>
    private protected string RequireModel(string? model, ChatReply? conversation) =>
        (model ?? conversation?.Model ?? CommandDefaults.Get(WriteWarning).ChatModel) is { Length: > 0 } id
            ? id
            : throw CmdletErrors.ChatModelNotSpecified();

    /// <summary>The request with the tools of this command.</summary>
    private protected ChatRequest WithTools(ChatRequest request) => _tools.Count == 0 ? request : request with
    {
        Tools = [.. _tools.Select(t => t.Description)],
        RunTool = RunToolAsync,
        MaximumToolRounds = MaximumToolRound,
    };

    /// <summary>The chunks of the answer, each as it arrives.</summary>
    private protected IEnumerable<ChatChunk> StreamChunks(ChatRequest request, CancellationToken cancellationToken = default) =>
        Pull(Client.Chat.StreamAsync(request, cancellationToken), ReadAhead);

    /// <summary>Shows the text on the host as it arrives, and returns the reply.</summary>
    private protected ChatReply StreamToHost(ChatRequest request)
    {
        LiveText live = new(Host.UI);
        return live.Show(StreamChunks(request));
    }

    /// <summary>Runs code on the pipeline thread that may prompt or run a script of the user.</summary>
    private protected virtual ChatToolResult RunForeignCode(Func<ChatToolResult> code) => code();

    private async Task<ChatToolResult> RunToolAsync(ChatToolCall call, CancellationToken cancellationToken)
    {
        // Scripts run on the pipeline thread; the answer waits here in the meantime.
        TaskCompletionSource<ChatToolResult> result = new(TaskCreationOptions.RunContinuationsAsynchronously);
        using CancellationTokenRegistration stop = cancellationToken.Register(() => result.TrySetCanceled(cancellationToken));
        Post(() =>
        {
            try
            {
                result.TrySetResult(RunForeignCode(() => RunTool(call)));
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
        if (!ShouldProcess(call.ToString(), "Run the tool that the model requests"))
        {
            return new ChatToolResult("The user did not allow this call. It was not run.", IsError: true);
        }

        WriteVerbose($"The model calls {call}.");
        return new ToolRunner(InvokeCommand).Run(tool, call.ReadArguments()!);
    }
}
