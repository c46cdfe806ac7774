using System.Runtime.CompilerServices;
using AtlasCloud.Costs;
using AtlasCloud.Http;
using AtlasCloud.Journal;
using AtlasCloud.Predictions;
using AtlasCloud.Requests;
using AtlasCloud.Reuse;
using AtlasCloud.Submission;
using AtlasCloud.Text;

namespace AtlasCloud;

/// <summary>Generates images, video, audio and 3D: submit, price, watch, list and cancel predictions. API reference, sections 4 to 7.</summary>
public sealed class PredictionResource
{
    private readonly AtlasCloudOptions _options;
    private readonly HttpPipeline _http;
    private readonly TimeProvider _clock;
    private readonly Random _random;
    private readonly RequestPreparer _preparer;
    private readonly QuoteClient _quotes;
    private readonly PredictionSubmitter _submitter;
    private readonly PredictionPoller _poller;
    private readonly RecentPredictions _recent = new();
    private JournalDigestIndex? _journalIndex;

    internal PredictionResource(
        AtlasCloudOptions options, HttpPipeline http, RequestPreparer preparer, QuoteClient quotes, PredictionSubmitter submitter, PredictionPoller poller,
        TimeProvider clock, Random random)
    {
        (_options, _http, _clock, _random) = (options, http, clock, random);
        (_preparer, _quotes, _submitter, _poller) = (preparer, quotes, submitter, poller);
    }

    /// <summary>Up to 50 predictions that this client created, read or listed, most recent first. Makes no request.</summary>
    public IReadOnlyList<Prediction> Recent => _recent.All;

    /// <summary>
    /// Checks a request, uploads its local files and submits it. The submit costs money and is sent once. If the request or the client has a cost limit,
    /// the price is checked first.
    /// </summary>
    /// <param name="request">The request.</param>
    /// <param name="kind">The endpoint; null for the one that the catalog names for the model.</param>
    /// <param name="cancellationToken">Cancels the submit, also when it is in flight: the request may then run and be charged, and its journal entry stays open.</param>
    /// <returns>The prediction as accepted, or as finished if the service answered with the result.</returns>
    /// <exception cref="AtlasCloudException">
    /// InvalidParameter, ModelNotFound, ModelAmbiguous: nothing was sent. BudgetExceeded: a limit would be exceeded. PredictionFailed, ContentBlocked: it failed
    /// at once. SubmitOutcomeUnknown: no response arrived, and the request may run and be charged. Any other kind: the service rejected it, which is free.
    /// </exception>
    public Task<Prediction> CreateAsync(GenerationRequest request, GenerationKind? kind = null, CancellationToken cancellationToken = default) =>
        CreateGracefullyAsync(request, kind, cancellationToken, cancellationToken);

    /// <summary>Does the same as <see cref="CreateAsync"/>, but lets a submit in flight finish after a cancellation, so that the ID of a paid prediction can arrive.</summary>
    /// <param name="request">The request.</param>
    /// <param name="kind">The endpoint; null for the one that the catalog names for the model.</param>
    /// <param name="inFlightToken">Cancels a submit that is in flight. Cancel it later than <paramref name="cancellationToken"/>.</param>
    /// <param name="cancellationToken">Once canceled, nothing new is sent.</param>
    /// <returns>The prediction as accepted, or as finished if the service answered with the result.</returns>
    /// <exception cref="AtlasCloudException">As for <see cref="CreateAsync"/>.</exception>
    public async Task<Prediction> CreateGracefullyAsync(
        GenerationRequest request, GenerationKind? kind, CancellationToken inFlightToken, CancellationToken cancellationToken)
    {
        PreparedRequest prepared = await _preparer.PrepareAsync(request, kind, RequestPurpose.Submit, cancellationToken).ConfigureAwait(false);
        return _recent.Add(await _submitter.SubmitAsync(prepared, turn: null, condition: null, cancellationToken, inFlightToken).ConfigureAwait(false));
    }

    /// <summary>Does the same as <see cref="CreateGracefullyAsync"/>, but submits concurrent requests in the order of their turns.</summary>
    /// <param name="request">The request.</param>
    /// <param name="kind">The endpoint; null for the one that the catalog names for the model.</param>
    /// <param name="turn">The place of the request in the order. The responses can arrive in any order.</param>
    /// <param name="inFlightToken">Cancels a submit that is in flight. Cancel it later than <paramref name="cancellationToken"/>.</param>
    /// <param name="cancellationToken">Once canceled, nothing new is sent.</param>
    /// <returns>The prediction as accepted, or as finished if the service answered with the result.</returns>
    /// <exception cref="AtlasCloudException">As for <see cref="CreateAsync"/>.</exception>
    /// <exception cref="OperationCanceledException">Canceled, or a request before this one was refused and ends the order. Nothing was sent.</exception>
    public async Task<Prediction> CreateInOrderAsync(
        GenerationRequest request, GenerationKind? kind, SubmitTurn turn, CancellationToken inFlightToken, CancellationToken cancellationToken)
    {
        try
        {
            PreparedRequest prepared = await _preparer.PrepareAsync(request, kind, RequestPurpose.Submit, cancellationToken).ConfigureAwait(false);
            return _recent.Add(await _submitter.SubmitAsync(prepared, turn, condition: null, cancellationToken, inFlightToken).ConfigureAwait(false));
        }
        finally
        {
            turn.Refuse();
        }
    }

    /// <summary>Checks whether a model exists and belongs to an endpoint, before requests to it are created.</summary>
    /// <param name="model">The name of the model.</param>
    /// <param name="kind">The endpoint; null for any that generates media.</param>
    /// <param name="cancellationToken">Cancels the read of the catalog.</param>
    /// <returns>The model; null if the catalog is unavailable.</returns>
    /// <exception cref="AtlasCloudException">ModelNotFound, ModelAmbiguous; InvalidParameter: the model belongs to another endpoint.</exception>
    public Task<Model?> CheckModelAsync(string model, GenerationKind? kind = null, CancellationToken cancellationToken = default) =>
        _preparer.CheckModelAsync(model, kind, cancellationToken);

    /// <summary>Starts a run that submits only requests whose results no earlier run has paid for. Makes no request.</summary>
    /// <exception cref="AtlasCloudException">InvalidParameter: no journal is kept.</exception>
    public ReuseRun StartReuse()
    {
        JournalFile journal = _submitter.Records.Journal ?? throw PredictionErrors.ReuseNeedsJournal("The journal of this session is turned off", null, null);
        JournalDigestIndex index = LazyInitializer.EnsureInitialized(ref _journalIndex, journal.CreateDigestIndex);
        ReuseResolver resolver = new(index, _submitter, _poller);
        return new ReuseRun(_preparer, _submitter, resolver, new ReuseClaims(index, journal.Path, resolver), _recent.Add);
    }

    /// <summary>Returns the price of a request, which is checked as for a submit. Free; local files are uploaded, once per client.</summary>
    /// <param name="request">The request.</param>
    /// <param name="kind">The endpoint it would be submitted to; null for the one that the catalog names for the model.</param>
    /// <param name="cancellationToken">Cancels the request.</param>
    /// <exception cref="AtlasCloudException">InvalidParameter: the request does not fit its model. UnexpectedReply: the service returned no price.</exception>
    public async Task<Quote> QuoteAsync(GenerationRequest request, GenerationKind? kind = null, CancellationToken cancellationToken = default)
    {
        PreparedRequest prepared = await _preparer.PrepareAsync(request, kind, RequestPurpose.Quote, cancellationToken).ConfigureAwait(false);
        return await _quotes.QuoteAsync(prepared.QuoteRequest, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Returns what is known about the cost of a request without uploading anything: stand-in addresses replace local files.</summary>
    /// <param name="request">The request.</param>
    /// <param name="kind">The endpoint it would be submitted to; null for the one that the catalog names for the model.</param>
    /// <param name="cancellationToken">Cancels the request.</param>
    /// <exception cref="AtlasCloudException">InvalidParameter: the request does not fit its model. Authentication, NoSession: the API key was rejected or is missing.</exception>
    public async Task<CostEstimate> PreviewAsync(GenerationRequest request, GenerationKind? kind = null, CancellationToken cancellationToken = default)
    {
        PreparedRequest prepared = await _preparer.PrepareAsync(request, kind, RequestPurpose.Preview, cancellationToken).ConfigureAwait(false);
        CostEstimate cost = await _quotes.EstimateAsync(prepared.QuoteRequest, cancellationToken).ConfigureAwait(false);

        // The price of images depends on their number, that of audio and video can depend on their length.
        bool hasLocalStreams = request.AllMedia.Any(
            m => m.Path is not null && (m.Kind is MediaKind.Video or MediaKind.Audio || request.Videos.Contains(m) || request.Audios.Contains(m)));
        return hasLocalStreams
            ? cost with { Quote = cost.Quote is null ? null : cost.Quote with { IsPartial = true }, HasUnpricedMedia = true }
            : cost;
    }

    /// <summary>Returns the current state of a prediction.</summary>
    /// <param name="id">The prediction ID.</param>
    /// <param name="cancellationToken">Cancels the request.</param>
    /// <exception cref="AtlasCloudException">InvalidParameter: not a valid ID. PredictionNotFound: the service does not know it.</exception>
    public async Task<Prediction> GetAsync(string id, CancellationToken cancellationToken = default) =>
        _recent.Add(await _poller.GetAsync(new Prediction { Id = PredictionId.Check(id) }, cancellationToken).ConfigureAwait(false));

    /// <summary>Waits until a prediction has finished.</summary>
    /// <param name="prediction">The prediction.</param>
    /// <param name="cancellationToken">Cancels the wait. The prediction continues at the service.</param>
    /// <returns>The finished prediction.</returns>
    /// <exception cref="AtlasCloudException">PredictionFailed, ContentBlocked: it failed. PredictionTimedOut: it did not finish in time and continues at the service.</exception>
    public async Task<Prediction> WaitAsync(Prediction prediction, CancellationToken cancellationToken = default)
    {
        PredictionWatcher watcher = CreateWatcher();
        watcher.Add(prediction);
        watcher.Complete();
        await watcher.RunAsync(cancellationToken).ConfigureAwait(false);
        WatchResult result = await watcher.Finished.ReadAsync(cancellationToken).ConfigureAwait(false);
        return result.Failure is AtlasCloudException failure ? throw failure : result.Prediction;
    }

    /// <summary>Creates a watcher that polls many predictions together.</summary>
    /// <param name="options">Intervals and limits. Default: those of the client.</param>
    public PredictionWatcher CreateWatcher(WatchOptions? options = null) =>
        new(_poller, _clock, _random, (options ?? new WatchOptions()).WithDefaults(_options));

    /// <summary>Lists the account's past tasks, newest first. Pages are read as the caller enumerates.</summary>
    /// <param name="query">Which tasks to list.</param>
    /// <param name="cancellationToken">Cancels the listing.</param>
    /// <exception cref="AtlasCloudException">The service rejected the request or is unavailable.</exception>
    public async IAsyncEnumerable<Prediction> ListHistoryAsync(HistoryQuery query, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await foreach (Prediction prediction in new HistoryReader(_http).ReadAsync(query, cancellationToken).ConfigureAwait(false))
        {
            yield return _recent.Add(prediction);
        }
    }

    /// <summary>Cancels a prediction if the service offers that for it.</summary>
    /// <param name="prediction">The prediction. Its current state is read first.</param>
    /// <param name="cancellationToken">Cancels the requests.</param>
    /// <returns>The prediction after the cancellation.</returns>
    /// <exception cref="AtlasCloudException">
    /// NotCancellable: it has finished, or the service offers no way and it continues and is charged. Otherwise as <see cref="GetAsync"/>.
    /// </exception>
    public async Task<Prediction> CancelAsync(Prediction prediction, CancellationToken cancellationToken = default)
    {
        Prediction current = (await GetAsync(prediction.Id, cancellationToken).ConfigureAwait(false)).MergeWith(prediction);
        if (current.IsFinished)
        {
            throw PredictionErrors.AlreadyFinished(current);
        }

        // The key goes to the service's own origins only, whatever address a response names.
        if (current.CancelUri is not Uri address || !_http.IsOurs(address))
        {
            throw PredictionErrors.CancelNotOffered(current);
        }

        ApiCall call = new(HttpMethod.Post, address, $"the cancellation of prediction {current.Id}");
        ApiResponse response = await _http.SendAsync(call, cancellationToken).ConfigureAwait(false);
        ResponseErrors.ThrowIfFailed(response, call.Description, _http.Key);
        return (await _poller.GetAsync(current, cancellationToken).ConfigureAwait(false)).MergeWith(current);
    }

    /// <summary>Returns the prediction with its settled price if the service has published it by now, else unchanged. Never throws because of the price.</summary>
    /// <param name="prediction">A prediction that succeeded.</param>
    /// <param name="cancellationToken">Cancels the request.</param>
    public async Task<Prediction> RefreshPriceAsync(Prediction prediction, CancellationToken cancellationToken = default)
    {
        if (prediction is not { State: PredictionState.Succeeded, Price: null })
        {
            return prediction;
        }

        try
        {
            Prediction? current = await _poller.TryPollAsync(prediction, cancellationToken).ConfigureAwait(false);
            return current?.Price is null ? prediction : prediction with { Price = current.Price, Charge = current.Charge, Currency = current.Currency };
        }
        catch (AtlasCloudException exception)
        {
            AtlasCloudLog.Verbose($"The price of {prediction.Id} is not known yet: {exception.Message}");
            return prediction;
        }
    }
}
