using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;
using AtlasCloud.Costs;
using AtlasCloud.Http;
using AtlasCloud.Logging;
using AtlasCloud.Predictions;
using AtlasCloud.Requests;
using AtlasCloud.Submission;

namespace AtlasCloud;

/// <summary>Generating: submit, watch, collect, cancel.</summary>
public sealed class PredictionResource
{
    private readonly AtlasCloudOptions _options;
    private readonly HttpPipeline _http;
    private readonly TimeProvider _clock;
    private readonly Random _random;
    private readonly Budget _spending;
    private readonly RequestPreparer _preparation;
    private readonly QuoteClient _prices;
    private readonly PredictionSubmitter _submitter;
    private readonly PredictionPoller _poller;
    private readonly RecentPredictions _seen = new();
    private readonly PendingPredictions _pending;

    internal PredictionResource(
        AtlasCloudOptions options, HttpPipeline http, ModelCatalog models, MediaResource media, Budget spending, PredictionRecords records,
        TimeProvider clock, Random random)
    {
        (_options, _http, _spending, _clock, _random) = (options, http, spending, clock, random);
        _preparation = new RequestPreparer(options, models, media);
        _prices = new QuoteClient(http);
        _submitter = new PredictionSubmitter(http, new SubmitConcurrencyLimiter(), records, clock);
        _poller = new PredictionPoller(http, clock, spending, records);
        _pending = new PendingPredictions(http, records, clock);
    }

    /// <summary>The predictions that were made, read or listed through this client of late, the latest first. Asks nobody.</summary>
    internal IReadOnlyList<Prediction> Seen => _seen.All;

    /// <summary>Checks a request, uploads its local files and submits it. This is what costs money, and it is sent once.</summary>
    /// <remarks>Where the request or the client has a limit of cost, its price is asked for first.</remarks>
    /// <returns>The prediction as accepted, or as finished where the service answered with the result.</returns>
    /// <exception cref="AtlasCloudException">Refused, failed at once, BudgetExceeded, or SubmitOutcomeUnknown.</exception>
    public Task<Prediction> CreateAsync(GenerationRequest request, GenerationKind kind, CancellationToken cancellationToken = default) =>
        CreateAsync(request, kind, cancellationToken, cancellationToken);

    /// <summary>What a request would cost, checked like a submit. It is free and creates nothing; local files are uploaded for it, once.</summary>
    /// <param name="request">The request.</param>
    /// <param name="kind">The endpoint that it would be submitted to; null for whatever the model is made for.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="AtlasCloudException">The request does not fit, or the service names no price.</exception>
    public async Task<Quote> QuoteAsync(GenerationRequest request, GenerationKind? kind = null, CancellationToken cancellationToken = default)
    {
        (_, JsonObject body) = await _preparation.PrepareAsync(request, kind, cancellationToken).ConfigureAwait(false);
        return await _prices.QuoteAsync(request, body, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>How a prediction stands.</summary>
    /// <exception cref="AtlasCloudException">It is not known, or the service refuses to tell.</exception>
    public async Task<Prediction> GetAsync(string id, CancellationToken cancellationToken = default) =>
        _seen.Add(await _poller.GetAsync(new Prediction { Id = PredictionId.Check(id) }, cancellationToken).ConfigureAwait(false));

    /// <summary>Waits until a prediction has finished.</summary>
    /// <returns>The finished prediction.</returns>
    /// <exception cref="AtlasCloudException">It failed (PredictionFailed, ContentBlocked) or did not finish in time (PredictionTimedOut).</exception>
    public async Task<Prediction> WaitAsync(Prediction prediction, CancellationToken cancellationToken = default)
    {
        PredictionWatcher watcher = Watch(new WatchSettings(_options.PollInterval, _options.PollTimeout));
        watcher.Add(prediction);
        watcher.Complete();
        await watcher.RunAsync(cancellationToken).ConfigureAwait(false);
        WatchResult result = await watcher.Finished.ReadAsync(cancellationToken).ConfigureAwait(false);
        return (result.Problem ?? PredictionErrors.Find(result.Prediction)) is AtlasCloudException problem ? throw problem : result.Prediction;
    }

    /// <summary>Lists the account's past tasks, the newest first.</summary>
    /// <exception cref="AtlasCloudException">The history cannot be had.</exception>
    public async IAsyncEnumerable<Prediction> HistoryAsync(HistoryQuery query, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await foreach (Prediction prediction in new HistoryReader(_http).ReadAsync(query, cancellationToken).ConfigureAwait(false))
        {
            yield return _seen.Add(prediction);
        }
    }

    /// <summary>What the journal has not seen the end of: predictions to wait for, and submits whose outcome even the history does not tell.</summary>
    /// <exception cref="AtlasCloudException">The client keeps no journal.</exception>
    internal IAsyncEnumerable<PendingTask> PendingAsync(Func<JournalEntry, bool> isWanted, CancellationToken cancellationToken) =>
        _pending.ReadAsync(isWanted, cancellationToken);

    /// <summary>All that the journal has about this service, the oldest first.</summary>
    /// <exception cref="AtlasCloudException">The client keeps no journal.</exception>
    internal Task<IReadOnlyList<JournalEntry>> JournalAsync(CancellationToken cancellationToken) => _pending.ListAsync(cancellationToken);

    /// <summary>Cancels a prediction, where the service offers that for it.</summary>
    /// <returns>How it stands afterwards.</returns>
    /// <exception cref="AtlasCloudException">NotCancellable where the service offers no way: it runs on and bills.</exception>
    public async Task<Prediction> CancelAsync(Prediction prediction, CancellationToken cancellationToken = default)
    {
        if (prediction.IsFinished)
        {
            throw NotCancellable(prediction, $"it has ended as '{prediction.Status}'");
        }

        // The key goes to our own origin only, whatever a reply says.
        if (prediction.CancelUri is not Uri address || !_http.IsOurs(address))
        {
            throw NotCancellable(prediction, "the service offers no way to cancel it: it runs on and is charged");
        }

        ApiCall call = new(HttpMethod.Post, address, $"the end of prediction {prediction.Id}");
        ApiResponse reply = await _http.SendAsync(call, cancellationToken).ConfigureAwait(false);
        ResponseErrors.ThrowIfFailed(reply, call.Description, _http.Key);
        return (await _poller.GetAsync(prediction, cancellationToken).ConfigureAwait(false)).MergeWith(prediction);
    }

    internal async Task<Prediction> CreateAsync(
        GenerationRequest request, GenerationKind kind, CancellationToken cancellationToken, CancellationToken onTheWire)
    {
        (Model? model, JsonObject body) = await _preparation.PrepareAsync(request, kind, cancellationToken).ConfigureAwait(false);
        if (!_spending.NeedsQuote(request))
        {
            return _seen.Add(await _submitter.SubmitAsync(kind, KindOf(model, kind), body, request, cancellationToken, onTheWire).ConfigureAwait(false));
        }

        CostEstimate cost = await _prices.EstimateAsync(request, body, cancellationToken).ConfigureAwait(false);
        BudgetReservation reservation = _spending.Reserve(cost, request);
        try
        {
            Prediction prediction = await _submitter.SubmitAsync(kind, KindOf(model, kind), body, request, cancellationToken, onTheWire, reservation, cost.Quote).ConfigureAwait(false);
            reservation.Spend(prediction);
            return _seen.Add(prediction with { Quote = cost.Quote });
        }
        catch (Exception exception)
        {
            reservation.Release(exception);
            throw;
        }
    }

    /// <summary>What a request would cost, as far as that can be told while nothing leaves the machine: local files are named by stand-ins.</summary>
    /// <exception cref="AtlasCloudException">The request does not fit, or the key is not accepted.</exception>
    internal async Task<CostEstimate> PreviewAsync(GenerationRequest request, GenerationKind kind, CancellationToken cancellationToken)
    {
        (_, JsonObject body) = await _preparation.PrepareAsync(request, kind, cancellationToken, isPreview: true).ConfigureAwait(false);
        CostEstimate cost = await _prices.EstimateAsync(request, body, cancellationToken).ConfigureAwait(false);

        // Pictures are counted; of sound and video the length can decide.
        return request.AllMedia.Any(m => m.Path is not null && (m.Kind is MediaKind.Video or MediaKind.Audio || request.Videos.Contains(m) || request.Audios.Contains(m)))
            ? cost with { Quote = cost.Quote is null ? null : cost.Quote with { IsPartial = true }, HasStandIns = true }
            : cost;
    }

    /// <summary>The same prediction with its settled price, where the service has published that by now. A price is worth no error.</summary>
    internal async Task<Prediction> FindPriceAsync(Prediction prediction, CancellationToken cancellationToken)
    {
        if (prediction is not { State: PredictionState.Succeeded, Price: null })
        {
            return prediction;
        }

        try
        {
            Prediction? now = await _poller.TryAsync(prediction, cancellationToken).ConfigureAwait(false);
            return now?.Price is null ? prediction : prediction with { Price = now.Price, Charge = now.Charge, Currency = now.Currency };
        }
        catch (AtlasCloudException exception)
        {
            AtlasCloudLog.Verbose($"The price of {prediction.Id} is not known yet: {exception.Message}");
            return prediction;
        }
    }

    /// <summary>A watcher over this client's predictions. It watches while its RunAsync runs.</summary>
    internal PredictionWatcher Watch(WatchSettings settings) => new(_poller, _clock, _random, settings);

    private static ModelKind KindOf(Model? model, GenerationKind kind) => model?.Kind ?? kind switch
    {
        GenerationKind.Image => ModelKind.Image,
        GenerationKind.Video => ModelKind.Video,
        _ => ModelKind.Speech,
    };

    private static AtlasCloudException NotCancellable(Prediction prediction, string why) =>
        new(AtlasCloudErrorKind.NotCancellable, $"Prediction {prediction.Id} cannot be cancelled: {why}.")
        {
            RecommendedAction = $"Collect its result with: Get-AtlasPrediction {prediction.Id} | Wait-AtlasPrediction | Save-AtlasOutput",
            Target = prediction,
        };
}
