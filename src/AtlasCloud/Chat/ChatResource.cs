using System.Net.Http.Headers;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Nodes;
using AtlasCloud.Http;

namespace AtlasCloud;

/// <summary>Language models.</summary>
public sealed class ChatResource
{
    // Thinking models are silent for minutes before the first word.
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(5);

    private readonly AtlasCloudOptions _options;
    private readonly HttpPipeline _http;
    private readonly ModelCatalog _models;
    private readonly ChatMedia _media;
    private readonly TimeProvider _clock;

    internal ChatResource(AtlasCloudOptions options, HttpPipeline http, ModelCatalog models, MediaResource media, TimeProvider clock)
    {
        (_options, _http, _models, _clock) = (options, http, models, clock);
        _media = new ChatMedia(media);
    }

    /// <summary>Asks and waits for the whole answer. It costs money and is sent once.</summary>
    /// <exception cref="AtlasCloudException">Refused, or no answer came; it may have been charged then.</exception>
    public async Task<ChatReply> CompleteAsync(ChatRequest request, CancellationToken cancellationToken = default)
    {
        (Call call, ChatRequest sent) = await PrepareAsync(request, stream: false, cancellationToken).ConfigureAwait(false);
        long start = _clock.GetTimestamp();
        HttpReply reply = await SendAsync(() => _http.SendAsync(call, cancellationToken)).ConfigureAwait(false);
        JsonElement root = ReplyErrors.JsonOf(reply, call.What, _http.Key);
        ChatReply answer = ChatCompletions.Read(root)
            ?? throw new AtlasCloudException(AtlasCloudErrorKind.UnexpectedReply, $"The answer of {sent.Model} holds no message.") { RequestId = reply.RequestId };
        return Finish(answer with { Duration = _clock.GetElapsedTime(start), RequestId = reply.RequestId }, sent);
    }

    /// <summary>Asks and gives the answer piece by piece; the last piece carries the whole of it.</summary>
    /// <remarks>A stream that breaks ends with a last piece whose reply is marked as interrupted.</remarks>
    /// <exception cref="AtlasCloudException">Refused, or no answer began.</exception>
    public async IAsyncEnumerable<ChatChunk> StreamAsync(ChatRequest request, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        (Call call, ChatRequest sent) = await PrepareAsync(request, stream: true, cancellationToken).ConfigureAwait(false);
        ChatAccumulator answer = new(_clock);
        (HttpResponseMessage? stream, HttpReply? whole) = await SendAsync(() => _http.OpenAsync(call, cancellationToken)).ConfigureAwait(false);
        if (stream is null)
        {
            // Some gateways answer a request for a stream in one piece.
            JsonElement root = ReplyErrors.JsonOf(whole!, call.What, _http.Key);
            ChatReply reply = ChatCompletions.Read(root) ?? throw new AtlasCloudException(AtlasCloudErrorKind.UnexpectedReply, $"The answer of {sent.Model} holds no message.");
            yield return new ChatChunk { Text = reply.Text, Reasoning = reply.Reasoning, ToolCalls = reply.ToolCalls, FinishReason = reply.FinishReason, Usage = reply.Usage, Reply = Finish(reply, sent) };
            yield break;
        }

        using (stream)
        {
            string? requestId = stream.Headers.TryGetValues("X-Request-ID", out IEnumerable<string>? ids) ? SafeText.Show(ids.First(), length: 100) : null;
            using Deadline idle = new(Longer(s_patience, _options.RequestTimeout), _clock, cancellationToken);
            ChatStream events = new(EventStream.ReadAsync(stream, idle, idle.Token), idle, call.What, _http.Key, cancellationToken);
            await using (events.ConfigureAwait(false))
            {
                while (await events.NextAsync(answer).ConfigureAwait(false) is JsonElement root)
                {
                    ChatChunk chunk = ChatCompletions.ReadChunk(root);
                    answer.Add(chunk, root);
                    yield return chunk;
                }
            }

            ChatReply reply = Finish(answer.ToReply(events.Interruption, requestId), sent);
            yield return new ChatChunk { FinishReason = reply.FinishReason, Usage = reply.Usage, Reply = reply };
        }
    }

    private async Task<(Call Call, ChatRequest Sent)> PrepareAsync(ChatRequest request, bool stream, CancellationToken cancellationToken)
    {
        string model = await ModelFor(request.Model, cancellationToken).ConfigureAwait(false);
        ChatRequest sent = request with { Model = model, Messages = await _media.AttachAsync(request, cancellationToken).ConfigureAwait(false), Images = [] };
        JsonObject body = ChatCompletions.Compose(sent, model, stream);
        byte[] content = JsonSerializer.SerializeToUtf8Bytes(body, AtlasJson.Default.JsonObject);
        Call call = new(HttpMethod.Post, _http.Llm("chat/completions"), $"an answer of {model}")
        {
            Content = () => new ByteArrayContent(content) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } },
            Repeat = Repeat.WhenNotAccepted,
            Accept = stream ? "text/event-stream" : "application/json",
            Timeout = Longer(s_patience, _options.RequestTimeout),
        };
        return (call, sent);
    }

    private async Task<string> ModelFor(string name, CancellationToken cancellationToken)
    {
        try
        {
            Model model = await _models.ResolveAsync(name, cancellationToken).ConfigureAwait(false);
            return model.Kind == ModelKind.Chat
                ? model.Id
                : throw new AtlasCloudException(AtlasCloudErrorKind.InvalidParameter, $"{model.Id} is a model of type {model.Type}, not a language model. Nothing was sent.")
                {
                    RecommendedAction = $"Use New-Atlas{model.Type} for it.",
                    Target = model.Id,
                };
        }
        catch (AtlasCloudException exception) when (exception.Kind is
            not (AtlasCloudErrorKind.ModelNotFound or AtlasCloudErrorKind.ModelAmbiguous or AtlasCloudErrorKind.InvalidParameter))
        {
            Diagnostics.Verbose($"The catalog cannot be had ({exception.Message}); '{name}' is sent as it is, unchecked.");
            return name;
        }
    }

    private static async Task<T> SendAsync<T>(Func<Task<T>> send)
    {
        try
        {
            return await send().ConfigureAwait(false);
        }
        catch (AtlasCloudException exception) when (
            exception.Kind is AtlasCloudErrorKind.RequestTimedOut or AtlasCloudErrorKind.ConnectionFailed && !TransportErrors.NothingSent(exception))
        {
            throw new AtlasCloudException(exception.Kind, $"{exception.Message} The question was sent, so it may have been charged; it is not sent again.", exception);
        }
    }

    private static ChatReply Finish(ChatReply reply, ChatRequest sent)
    {
        if (reply.Text.Length == 0 && reply.FinishReason == "length")
        {
            Diagnostics.Warning($"{sent.Model} used up its {reply.Usage?.OutputTokens} tokens before it said a word: hidden reasoning counts. Allow more with -MaxTokens.");
        }

        ChatMessage answer = new() { Role = "assistant", Text = reply.Text, ToolCalls = reply.ToolCalls };
        return reply with { Model = reply.Model ?? sent.Model, Conversation = [.. sent.Messages, answer] };
    }

    private static TimeSpan Longer(TimeSpan one, TimeSpan other) => one > other ? one : other;
}
