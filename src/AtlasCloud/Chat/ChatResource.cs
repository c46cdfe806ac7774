using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using AtlasCloud.Chat;
using AtlasCloud.Chat.Protocols;
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
    private readonly Budget _spending;
    private readonly TimeProvider _clock;
    private readonly ConcurrentDictionary<string, int> _routes = new(StringComparer.Ordinal);

    internal ChatResource(AtlasCloudOptions options, HttpPipeline http, ModelCatalog models, MediaResource media, Budget spending, TimeProvider clock)
    {
        (_options, _http, _models, _spending, _clock) = (options, http, models, spending, clock);
        _media = new ChatMedia(media);
    }

    /// <summary>Asks, runs the tools that the model asks for, and waits for the whole answer. Each question costs money and is sent once.</summary>
    /// <exception cref="AtlasCloudException">Refused, or no answer came; it may have been charged then. After the first round the target is the reply so far.</exception>
    public async Task<ChatReply> CompleteAsync(ChatRequest request, CancellationToken cancellationToken = default)
    {
        ChatToolLoop rounds = await PrepareAsync(request, stream: false, cancellationToken).ConfigureAwait(false);
        ChatReply? reply = null;
        await foreach (ChatChunk chunk in rounds.RunAsync(cancellationToken).ConfigureAwait(false))
        {
            reply = chunk.Reply;
        }

        return reply!;
    }

    /// <summary>Asks and gives the answer piece by piece, with the calls that were run in between; the last piece carries the whole of it.</summary>
    /// <remarks>A stream that breaks ends with a last piece whose reply is marked as interrupted.</remarks>
    /// <exception cref="AtlasCloudException">Refused, or no answer began. After the first round the target is the reply so far.</exception>
    public async IAsyncEnumerable<ChatChunk> StreamAsync(ChatRequest request, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        ChatToolLoop rounds = await PrepareAsync(request, stream: true, cancellationToken).ConfigureAwait(false);
        await foreach (ChatChunk chunk in rounds.RunAsync(cancellationToken).ConfigureAwait(false))
        {
            yield return chunk;
        }
    }

    private async Task<ChatToolLoop> PrepareAsync(ChatRequest request, bool stream, CancellationToken cancellationToken)
    {
        if (request.Messages.Count == 0)
        {
            throw new AtlasCloudException(AtlasCloudErrorKind.InvalidParameter, "There is no question. Nothing was sent.");
        }

        _spending.EnsureFunds($"a question to {request.Model}");
        Model? model = await FindAsync(request.Model, cancellationToken).ConfigureAwait(false);
        ChatProtocol protocol = ChatProtocols.Choose(model, request.Protocol);
        ChatRequest fit = ChatRequestLimits.Fit(request with { Model = model?.Id ?? request.Model }, protocol, model);
        ChatRequest sent = fit with
        {
            Messages = await _media.AttachAsync(fit, protocol, model, cancellationToken).ConfigureAwait(false),
            Images = [],
            Videos = [],
            Audios = [],
        };
        TimeSpan patience = s_patience > _options.RequestTimeout ? s_patience : _options.RequestTimeout;
        ChatExchange exchange = new(_http, protocol, model, _routes, patience, _spending, _clock);
        return new ChatToolLoop(exchange, sent, protocol, model?.Price, stream, _spending, _clock);
    }

    /// <summary>The model of this name; null where the catalog cannot be had.</summary>
    private async Task<Model?> FindAsync(string name, CancellationToken cancellationToken)
    {
        try
        {
            Model model = (await _models.MatchAsync(name, "Text", cancellationToken).ConfigureAwait(false)).Model;
            return model.Kind == ModelKind.Chat
                ? model
                : throw new AtlasCloudException(AtlasCloudErrorKind.InvalidParameter, $"{model.Id} is a model of type {model.Type}, not a language model. Nothing was sent.")
                {
                    RecommendedAction = $"Use New-Atlas{model.Type} for it.",
                    Target = model.Id,
                };
        }
        catch (AtlasCloudException exception) when (exception.Kind is
            not (AtlasCloudErrorKind.ModelNotFound or AtlasCloudErrorKind.ModelAmbiguous or AtlasCloudErrorKind.InvalidParameter))
        {
            AtlasCloudLog.Verbose($"The catalog cannot be had ({exception.Message}); '{name}' is sent as it is, unchecked.");
            return null;
        }
    }
}
