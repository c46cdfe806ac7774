using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using AtlasCloud.Chat;
using AtlasCloud.Chat.Protocols;
using AtlasCloud.Http;

namespace AtlasCloud;

/// <summary>Chat with language models (API reference, section 15). A request is billed and sent once.</summary>
public sealed class ChatResource
{
    // Reasoning models can be silent for minutes before the first token.
    private static readonly TimeSpan s_minimumIdleTimeout = TimeSpan.FromMinutes(5);

    private readonly AtlasCloudOptions _options;
    private readonly HttpPipeline _http;
    private readonly ModelCatalog _models;
    private readonly ChatMedia _media;
    private readonly Budget _budget;
    private readonly TimeProvider _clock;
    private readonly ConcurrentDictionary<string, int> _routes = new(StringComparer.Ordinal);

    internal ChatResource(AtlasCloudOptions options, HttpPipeline http, ModelCatalog models, MediaResource media, Budget budget, TimeProvider clock)
    {
        (_options, _http, _models, _budget, _clock) = (options, http, models, budget, clock);
        _media = new ChatMedia(media);
    }

    /// <summary>Sends a request, runs the tools that the model calls, and returns the whole answer.</summary>
    /// <param name="request">The request.</param>
    /// <param name="cancellationToken">Cancels the request. What was sent may still be charged.</param>
    /// <exception cref="AtlasCloudException">
    /// InvalidParameter, ModelNotFound, ModelAmbiguous, BudgetExceeded: nothing was sent. Authentication, PermissionDenied, InsufficientBalance, ContentBlocked,
    /// PayloadTooLarge, RateLimited: the service rejected it. ConnectionFailed, RequestTimedOut, ServiceUnavailable, UnexpectedReply: no usable response arrived, and it may
    /// have been charged. After the first round, the target is the <see cref="ChatReply"/> so far.
    /// </exception>
    public async Task<ChatReply> CompleteAsync(ChatRequest request, CancellationToken cancellationToken = default)
    {
        ChatToolLoop loop = await PrepareAsync(request, stream: false, cancellationToken).ConfigureAwait(false);
        ChatReply? reply = null;
        await foreach (ChatChunk chunk in loop.RunAsync(cancellationToken).ConfigureAwait(false))
        {
            reply = chunk.Reply;
        }

        return reply!;
    }

    /// <summary>Sends a request, runs the tools that the model calls, and returns the answer in chunks as they arrive. The last chunk carries the whole reply.</summary>
    /// <param name="request">The request.</param>
    /// <param name="cancellationToken">Cancels the stream. What was sent may still be charged.</param>
    /// <remarks>If the stream is interrupted, the last chunk carries what had arrived, with <see cref="ChatReply.IsInterrupted"/> set.</remarks>
    /// <exception cref="AtlasCloudException">As for <see cref="CompleteAsync"/>; StreamInterrupted: the stream ended before any part of the answer had arrived.</exception>
    public async IAsyncEnumerable<ChatChunk> StreamAsync(ChatRequest request, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        ChatToolLoop loop = await PrepareAsync(request, stream: true, cancellationToken).ConfigureAwait(false);
        await foreach (ChatChunk chunk in loop.RunAsync(cancellationToken).ConfigureAwait(false))
        {
            yield return chunk;
        }
    }

    private async Task<ChatToolLoop> PrepareAsync(ChatRequest request, bool stream, CancellationToken cancellationToken)
    {
        if (request.Messages.Count == 0)
        {
            throw ChatErrors.MessageMissing();
        }

        _budget.EnsureFunds($"a chat request to {request.Model}");
        Model? model = await FindAsync(request.Model, cancellationToken).ConfigureAwait(false);
        ChatProtocol protocol = ChatProtocols.Choose(model, request.Protocol);
        ChatRequest adapted = ProtocolLimits.Apply(request with { Model = model?.Id ?? request.Model }, protocol, model);
        ChatRequest prepared = adapted with
        {
            Messages = await _media.AttachAsync(adapted, protocol, model, cancellationToken).ConfigureAwait(false),
            Images = [],
            Videos = [],
            Audios = [],
        };
        TimeSpan idleTimeout = s_minimumIdleTimeout > _options.RequestTimeout ? s_minimumIdleTimeout : _options.RequestTimeout;
        ChatExchange exchange = new(_http, protocol, model, _routes, idleTimeout, _budget, _clock);
        return new ChatToolLoop(exchange, prepared, protocol, model?.Pricing, stream, _budget, _clock);
    }

    /// <summary>The model with this name; null if the catalog is unavailable.</summary>
    private async Task<Model?> FindAsync(string name, CancellationToken cancellationToken)
    {
        try
        {
            Model model = (await _models.MatchAsync(name, "Text", cancellationToken).ConfigureAwait(false)).Model;

            // An entry without a type does not say that it is not a language model; the service decides.
            return model.Kind == ModelKind.Chat || model.Type.Length == 0 ? model : throw ChatErrors.NotALanguageModel(model);
        }
        catch (AtlasCloudException exception) when (exception.Kind is
            not (AtlasCloudErrorKind.ModelNotFound or AtlasCloudErrorKind.ModelAmbiguous or AtlasCloudErrorKind.InvalidParameter))
        {
            AtlasCloudLog.Verbose($"The catalog is unavailable ({exception.Message}), so '{name}' is sent unchecked.");
            return null;
        }
    }
}
