using System.Collections.Concurrent;
using System.Net;
using System.Runtime.CompilerServices;
using System.Text.Json;
using AtlasCloud.Chat.Protocols;
using AtlasCloud.Http;
using AtlasCloud.Text;

namespace AtlasCloud.Chat;

/// <summary>One request and its answer: composed for a protocol, sent once, read whole or chunk by chunk.</summary>
/// <param name="http">The way to the service.</param>
/// <param name="protocol">The protocol.</param>
/// <param name="model">The model's catalog entry; null if the catalog is unavailable.</param>
/// <param name="routes">Per protocol, the index of the path that the service last accepted.</param>
/// <param name="idleTimeout">The time until an answer begins, and between two parts of it.</param>
/// <param name="budget">Refuses a request once the budget is spent.</param>
/// <param name="clock">The clock.</param>
internal sealed class ChatExchange(
    HttpPipeline http, ChatProtocol protocol, Model? model, ConcurrentDictionary<string, int> routes, TimeSpan idleTimeout, Budget budget, TimeProvider clock)
{
    /// <summary>The chunks of the answer. The last one carries the whole reply, and is the only one if no stream is requested.</summary>
    internal async IAsyncEnumerable<ChatChunk> SendAsync(ChatRequest request, bool stream, int round, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (request.MaxCost is null)
        {
            // Otherwise the cost is reserved already, which can be all that is left.
            budget.EnsureFunds($"the chat request to {request.Model}");
        }

        long start = clock.GetTimestamp();
        ChatRequest composed = request.JsonSchema is not null && !(IsObjectSchema(request) && protocol.SupportsSchema(request)) ? StructuredReply.WithInstruction(request) : request;
        byte[] body = JsonBody.Serialize(protocol.ComposeBody(composed, stream));
        string description = $"a reply from {request.Model}";
        (HttpResponseMessage? response, ApiResponse? whole) = await SendAsync(request, body, description, stream, cancellationToken).ConfigureAwait(false);
        if (response is null)
        {
            ChatReply reply = ReadReply(whole!, request, description) with { Duration = clock.GetElapsedTime(start), RequestId = whole!.RequestId };
            if (stream)
            {
                // Some gateways answer a stream request with a single response.
                yield return new ChatChunk { Text = reply.Text, Reasoning = reply.Reasoning, ToolCalls = reply.ToolCalls, Round = round };
            }

            yield return LastChunk(reply, round);
            yield break;
        }

        using (response)
        {
            string? requestId = response.Headers.TryGetValues("X-Request-ID", out IEnumerable<string>? ids) ? SafeText.Sanitize(ids.First(), http.Key, 100) : null;
            ChatAccumulator answer = new(protocol, clock);
            ChatKeyMasker masker = new(http.Key);
            using Deadline idle = new(idleTimeout, clock, cancellationToken);
            PlainChunkReader? reader = protocol.CreatePlainReader();
            IAsyncEnumerable<ChatStreamItem> items = EventStream.ReadAsync(response, (_, data) => ChatStreamItem.Parse(data, http.Key, reader), idle, idle.Token);
            ChatStream events = new(items, protocol, idle, description, http.Key, cancellationToken);
            await using (events.ConfigureAwait(false))
            {
                while (await events.NextAsync(answer).ConfigureAwait(false) is ChatEvent read)
                {
                    ChatEvent masked = masker.Mask(read);
                    answer.Add(masked);
                    yield return masked.ToChunk(round);
                }
            }

            if (masker.Flush() is ChatEvent rest)
            {
                answer.Add(rest);
                yield return rest.ToChunk(round);
            }

            yield return LastChunk(masker.Mask(answer.ToReply(events.Interruption, requestId)), round);
        }
    }

    private async Task<(HttpResponseMessage? Stream, ApiResponse? Whole)> SendAsync(
        ChatRequest request, byte[] body, string description, bool stream, CancellationToken cancellationToken)
    {
        IReadOnlyList<string> paths = protocol.GetPaths(request.Model, stream);
        int first = routes.GetValueOrDefault(protocol.Name);
        ApiResponse? refusal = null;
        for (int i = 0; i < paths.Count; i++)
        {
            int route = (first + i) % paths.Count;
            ApiCall call = new(HttpMethod.Post, http.Llm(paths[route]), description)
            {
                Content = () => JsonBody.Create(body),
                RetryPolicy = RetryPolicy.OnlyIfNotAccepted,
                IsRefusal = response => FindReply(response) is null,
                MaxResponseBytes = EventStream.MaxStreamBytes,
                Accept = stream ? "text/event-stream" : "application/json",
                Timeout = idleTimeout,
                Headers = protocol.Headers,
            };
            (HttpResponseMessage? Stream, ApiResponse? Whole) answer = await TryAsync(call, stream, cancellationToken).ConfigureAwait(false);

            // Neither status means that the request was accepted, and the service answers an unknown path with 401 or 404. A reply was charged whatever comes with it.
            if (answer.Whole is not { Status: HttpStatusCode.Unauthorized or HttpStatusCode.NotFound, IsNotRefused: false })
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
            throw ChatErrors.OutcomeUnknown(exception);
        }
    }

    private ChatReply ReadReply(ApiResponse response, ChatRequest request, string description)
    {
        if (FindReply(response) is ChatReply reply)
        {
            return reply;
        }

        if (ResponseErrors.Find(response, description, http.Key) is AtlasCloudException refusal)
        {
            throw ChatRefusal.Explain(refusal, request, model, protocol);
        }

        return protocol.ReadReply(ResponseErrors.JsonOf(response, description, http.Key)) ?? throw ChatErrors.ReplyOfOtherProtocol(request.Model, protocol, response.RequestId);
    }

    // An answer counts whatever status or code comes with it: it was charged.
    private ChatReply? FindReply(ApiResponse response) =>
        response.Json is JsonElement json && protocol.ReadReply(json) is ChatReply reply && (reply.Text.Length > 0 || reply.ToolCalls.Count > 0) ? reply : null;

    private static ChatChunk LastChunk(ChatReply reply, int round) => new() { FinishReason = reply.FinishReason, Usage = reply.Usage, Round = round, Reply = reply };

    private static bool IsObjectSchema(ChatRequest request) => request.JsonSchema?["type"]?.ToString() == "object";
}
