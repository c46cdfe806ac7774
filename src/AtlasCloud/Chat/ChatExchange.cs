using System.Collections.Concurrent;
using System.Net;
using System.Runtime.CompilerServices;
using AtlasCloud.Chat.Protocols;
using AtlasCloud.Http;
using AtlasCloud.Text;

namespace AtlasCloud.Chat;

/// <summary>One question and its answer: composed in the words of a protocol, sent once, read whole or piece by piece.</summary>
/// <param name="http">The way to the service.</param>
/// <param name="protocol">The words.</param>
/// <param name="model">What the catalog says about the model; null where it cannot be had.</param>
/// <param name="routes">Which of a protocol's addresses the service knew the last time.</param>
/// <param name="patience">The time until an answer begins.</param>
/// <param name="spending">Refuses a question once the budget is spent.</param>
/// <param name="clock">The clock.</param>
internal sealed class ChatExchange(
    HttpPipeline http, ChatProtocol protocol, Model? model, ConcurrentDictionary<string, int> routes, TimeSpan patience, Budget spending, TimeProvider clock)
{
    /// <summary>The pieces of the answer; the last one carries the whole of it, and is the only one where no stream is asked for.</summary>
    internal async IAsyncEnumerable<ChatChunk> AskAsync(ChatRequest request, bool stream, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        spending.EnsureFunds($"a question to {request.Model}");
        long start = clock.GetTimestamp();
        ChatRequest worded = request.JsonSchema is not null && !(IsObject(request) && protocol.TakesSchema(request)) ? StructuredReply.AskInWords(request) : request;
        byte[] content = JsonBody.Serialize(protocol.Compose(worded, stream));
        string what = $"an answer of {request.Model}";
        (HttpResponseMessage? body, ApiResponse? whole) = await SendAsync(request, content, what, stream, cancellationToken).ConfigureAwait(false);
        if (body is null)
        {
            ChatReply reply = ReadWhole(whole!, request, what) with { Duration = clock.GetElapsedTime(start), RequestId = whole!.RequestId };
            if (stream)
            {
                // Some gateways answer a request for a stream in one piece.
                yield return new ChatChunk { Text = reply.Text, Reasoning = reply.Reasoning, ToolCalls = reply.ToolCalls };
            }

            yield return LastOf(reply);
            yield break;
        }

        using (body)
        {
            string? requestId = body.Headers.TryGetValues("X-Request-ID", out IEnumerable<string>? ids) ? SafeText.Sanitize(ids.First(), length: 100) : null;
            ChatAccumulator answer = new(protocol, clock);
            using Deadline idle = new(patience, clock, cancellationToken);
            ChatStream events = new(EventStream.ReadAsync(body, idle, idle.Token), protocol, idle, what, http.Key, cancellationToken);
            await using (events.ConfigureAwait(false))
            {
                while (await events.NextAsync(answer).ConfigureAwait(false) is ChatEvent piece)
                {
                    answer.Add(piece);
                    yield return piece.ToChunk();
                }
            }

            yield return LastOf(answer.ToReply(events.Interruption, requestId));
        }
    }

    private async Task<(HttpResponseMessage? Stream, ApiResponse? Whole)> SendAsync(
        ChatRequest request, byte[] content, string what, bool stream, CancellationToken cancellationToken)
    {
        IReadOnlyList<string> paths = protocol.Paths(request.Model, stream);
        int first = routes.GetValueOrDefault(protocol.Name);
        ApiResponse? refusal = null;
        for (int i = 0; i < paths.Count; i++)
        {
            int route = (first + i) % paths.Count;
            ApiCall call = new(HttpMethod.Post, http.Llm(paths[route]), what)
            {
                Content = () => JsonBody.Create(content),
                RetryPolicy = RetryPolicy.OnlyIfNotAccepted,
                MaxResponseBytes = EventStream.MaxStreamBytes,
                Accept = stream ? "text/event-stream" : "application/json",
                Timeout = patience,
                Headers = protocol.Headers,
            };
            (HttpResponseMessage? Stream, ApiResponse? Whole) answer = await TryAsync(call, stream, cancellationToken).ConfigureAwait(false);

            // Both say that nothing was accepted, and an address that is not known answers 401 as well as 404.
            if (answer.Whole?.Status is not (HttpStatusCode.Unauthorized or HttpStatusCode.NotFound))
            {
                routes[protocol.Name] = route;
                return answer;
            }

            refusal ??= answer.Whole;
        }

        return (null, refusal);
    }

    private async Task<(HttpResponseMessage? Stream, ApiResponse? Whole)> TryAsync(ApiCall call, bool stream, CancellationToken cancellationToken)
    {
        try
        {
            return stream
                ? await http.OpenAsync(call, cancellationToken).ConfigureAwait(false)
                : (null, await http.SendAsync(call, cancellationToken).ConfigureAwait(false));
        }
        catch (AtlasCloudException exception) when (
            exception.Kind is AtlasCloudErrorKind.RequestTimedOut or AtlasCloudErrorKind.ConnectionFailed && !exception.IsNotSent)
        {
            throw new AtlasCloudException(exception.Kind, $"{exception.Message} The question was sent, so it may have been charged; it is not sent again.", exception);
        }
    }

    private ChatReply ReadWhole(ApiResponse reply, ChatRequest request, string what)
    {
        if (ResponseErrors.Find(reply, what, http.Key) is AtlasCloudException refusal)
        {
            throw ChatErrors.Explain(refusal, request, model, protocol);
        }

        return protocol.Read(ResponseErrors.JsonOf(reply, what, http.Key)) ?? throw new AtlasCloudException(
            AtlasCloudErrorKind.UnexpectedReply, $"The answer of {request.Model} holds no message of {protocol.Name}.")
        {
            RequestId = reply.RequestId,
        };
    }

    private static ChatChunk LastOf(ChatReply reply) => new() { FinishReason = reply.FinishReason, Usage = reply.Usage, Reply = reply };

    private static bool IsObject(ChatRequest request) => request.JsonSchema?["type"]?.ToString() == "object";
}
