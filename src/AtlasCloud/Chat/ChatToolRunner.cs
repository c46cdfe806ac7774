using System.Diagnostics.CodeAnalysis;

namespace AtlasCloud.Chat;

/// <summary>Runs one call of a model. Whatever goes wrong is told to the model, which can then do something else.</summary>
internal static class ChatToolRunner
{
    [SuppressMessage("Design", "CA1031", Justification = "A tool is somebody else's code, and its failure is an answer.")]
    internal static async Task<ChatToolResult> RunAsync(ChatToolCall call, ChatRequest request, CancellationToken cancellationToken)
    {
        // The list of tools is the list of what may be run.
        if (!request.Tools.Any(t => t.Name == call.Name))
        {
            return new ChatToolResult($"There is no tool '{call.Name}'. The tools are: {string.Join(", ", request.Tools)}.", IsError: true);
        }

        if (call.ReadArguments() is null)
        {
            return new ChatToolResult("The arguments are not a JSON object. The call was not run.", IsError: true);
        }

        try
        {
            return await request.RunTool!(call, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            return new ChatToolResult(exception.Message, IsError: true);
        }
    }
}
