using System.Diagnostics.CodeAnalysis;

namespace AtlasCloud.Chat;

/// <summary>Runs one tool call. The model gets any failure as the result, and can react to it.</summary>
internal static class ChatToolRunner
{
    [SuppressMessage("Design", "CA1031", Justification = "A tool is the caller's code, and its failure is a result.")]
    internal static async Task<ChatToolResult> RunAsync(ChatToolCall call, ChatRequest request, CancellationToken cancellationToken)
    {
        // Only tools of the request may be run, whatever the model requests.
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
