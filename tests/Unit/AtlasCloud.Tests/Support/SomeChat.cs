namespace AtlasCloud.Tests;

/// <summary>Questions to a language model, and answers in one line.</summary>
internal static class SomeChat
{
    internal const string Model = "deepseek-ai/deepseek-v3.2";
    internal const string Completions = "openai.chat.completions";
    internal const string Responses = "openai.responses";
    internal const string Claude = "claude.messages";
    internal const string Gemini = "gemini.generate";

    internal static readonly string[] AllProtocols = [Completions, Responses, Claude, Gemini];

    internal static TheoryData<string> Protocols => [.. AllProtocols];

    internal static TheoryData<string, bool> ProtocolsBothWays
    {
        get
        {
            TheoryData<string, bool> ways = [];
            foreach (string protocol in AllProtocols)
            {
                ways.Add(protocol, false);
                ways.Add(protocol, true);
            }

            return ways;
        }
    }

    /// <summary>A model whose preferred protocol this is.</summary>
    internal static string ModelOf(string protocol) => protocol switch
    {
        Responses => "openai/gpt-5.4-nano",
        Claude => "anthropic/claude-haiku-4.5-20251001",
        Gemini => "google/gemini-2.5-flash",
        _ => Model,
    };

    internal static ChatRequest Request(string protocol = Completions, string question = "Hello") =>
        new() { Model = ModelOf(protocol), Messages = [User(question)] };

    internal static ChatMessage User(string text) => new() { Role = "user", Text = text };

    /// <summary>A catalog, and these answers to whatever is asked of a language model.</summary>
    internal static StubHandler Service(params StubReply[] replies) => Some.Service()
        .When("/v1/chat/completions", replies).When("/v1/responses", replies).When("/v1/messages", replies)
        .When("/v1/models/", replies).When("/v1beta/models/", replies);

    /// <summary>What the service was asked, the catalog left out.</summary>
    internal static IReadOnlyList<SeenRequest> Questions(StubHandler service) => [.. service.Seen.Where(r => r.Method == HttpMethod.Post)];

    internal static Task<List<ChatChunk>> StreamAsync(StubHandler service, FakeClock? clock = null, CancellationToken cancellationToken = default) =>
        StreamAsync(service, Request(), clock, cancellationToken);

    internal static async Task<List<ChatChunk>> StreamAsync(
        StubHandler service, ChatRequest request, FakeClock? clock = null, CancellationToken cancellationToken = default)
    {
        List<ChatChunk> chunks = [];
        await foreach (ChatChunk chunk in Some.Client(service, clock).Chat.StreamAsync(request, cancellationToken))
        {
            chunks.Add(chunk);
        }

        return chunks;
    }

    /// <summary>The reply of a question that is asked either way.</summary>
    internal static async Task<ChatReply> AskAsync(StubHandler service, ChatRequest request, bool stream = false) =>
        stream ? (await StreamAsync(service, request))[^1].Reply! : await Some.Client(service).Chat.CompleteAsync(request);

    /// <summary>The whole of a stream, or the error that stands for it.</summary>
    internal static async Task<string> SummaryAsync(StubReply reply, string protocol = Completions)
    {
        try
        {
            List<ChatChunk> chunks = await StreamAsync(Service(reply), Request(protocol));
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
        .. reply.IsInterrupted ? (string[])[$"interrupted: {reply.GetInterruption()?.ServerMessage}"] : [],
        .. reply.Usage is null ? (string[])[] : [reply.Usage.ToString()],
    ]);
}
