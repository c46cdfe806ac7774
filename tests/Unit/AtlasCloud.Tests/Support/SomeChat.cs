namespace AtlasCloud.Tests;

/// <summary>Questions to a language model, and answers in one line.</summary>
internal static class SomeChat
{
    internal const string Model = "deepseek-ai/deepseek-v3.2";

    internal static ChatRequest Request() => new() { Model = Model, Messages = [new ChatMessage { Role = "user", Text = "Hello" }] };

    internal static StubHandler Service(params StubReply[] replies) => Some.Service().When("/v1/chat/completions", replies);

    internal static async Task<List<ChatChunk>> StreamAsync(StubHandler service, FakeClock? clock = null, CancellationToken cancellationToken = default)
    {
        List<ChatChunk> chunks = [];
        await foreach (ChatChunk chunk in Some.Client(service, clock).Chat.StreamAsync(Request(), cancellationToken))
        {
            chunks.Add(chunk);
        }

        return chunks;
    }

    /// <summary>The whole of a stream, or the error that stands for it.</summary>
    internal static async Task<string> SummaryAsync(StubReply reply)
    {
        try
        {
            List<ChatChunk> chunks = await StreamAsync(Service(reply));
            Assert.Equal(chunks[^1].Reply!.Text, string.Concat(chunks.Select(c => c.Text)));
            return Summary(chunks[^1].Reply!);
        }
        catch (AtlasCloudException exception)
        {
            return $"{exception.Kind}: {exception.ServerMessage}";
        }
    }

    internal static string Summary(ChatReply reply) => string.Join(' ', (string?[])
    [
        $"'{reply.Text}'",
        .. reply.Reasoning is null ? (string[])[] : [$"({reply.Reasoning})"],
        .. reply.ToolCalls.Select(c => $"{c.Id}={c}"),
        .. reply.FinishReason is null ? (string[])[] : [reply.FinishReason],
        .. reply.IsInterrupted ? (string[])[$"interrupted: {reply.Interruption?.ServerMessage}"] : [],
        .. reply.Usage is null ? (string[])[] : [reply.Usage.ToString()],
    ]);
}
