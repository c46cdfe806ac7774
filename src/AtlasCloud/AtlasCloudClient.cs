using AtlasCloud.Checks;
using AtlasCloud.Costs;
using AtlasCloud.Http;
using AtlasCloud.Journal;
using AtlasCloud.Predictions;
using AtlasCloud.Requests;
using AtlasCloud.Storage;
using AtlasCloud.Submission;

namespace AtlasCloud;

/// <summary>The Atlas Cloud API. One client owns its connections and its sense of how much the service takes; make one and keep it.</summary>
public sealed class AtlasCloudClient : IDisposable
{
    private readonly HttpPipeline _http;
    private readonly TimeProvider _clock;

    /// <summary>Makes a client. Nothing is sent until something is asked for.</summary>
    /// <param name="options">Addresses, key and limits.</param>
    /// <param name="handler">Sends the requests in place of the network; stays the caller's.</param>
    /// <param name="clock">The clock; the system's where it is left out.</param>
    /// <param name="random">Spreads waits; shared by all threads.</param>
    public AtlasCloudClient(AtlasCloudOptions options, HttpMessageHandler? handler = null, TimeProvider? clock = null, Random? random = null)
    {
        clock ??= TimeProvider.System;
        random = random is null ? Random.Shared : new LockedRandom(random);
        Options = options;
        _clock = clock;
        _http = new HttpPipeline(options, handler, clock, random);
        Budget = new Budget(options.Budget);
        Models = new ModelCatalog(options, _http, clock);
        Media = new MediaResource(_http, clock);
        Records = new PredictionRecords(JournalFile.Open(options.JournalPath, clock), options, clock);
        TaskRecovery recovery = new(_http, Records, clock);
        QuoteClient quotes = new(_http);
        Predictions = new PredictionResource(
            options,
            _http,
            new RequestPreparer(options, Models, Media),
            quotes,
            new PredictionSubmitter(_http, quotes, Budget, Records, recovery, clock),
            new PredictionPoller(_http, clock, Budget, Records),
            clock,
            random);
        Journal = new JournalResource(Records, new PendingPredictions(recovery, Records, clock));
        Outputs = new OutputResource(options, handler, Predictions.GetAsync, clock, random);
        Chat = new ChatResource(options, _http, Models, Media, Budget, clock);
        Account = new AccountResource(_http, clock);
        Webhooks = new WebhookResource(_http, clock);
    }

    /// <summary>What it was made with. The key cannot be read from it.</summary>
    public AtlasCloudOptions Options { get; }

    /// <summary>The catalog.</summary>
    public ModelCatalog Models { get; }

    /// <summary>Uploads.</summary>
    public MediaResource Media { get; }

    /// <summary>Generating.</summary>
    public PredictionResource Predictions { get; }

    /// <summary>The journal of billable requests.</summary>
    public JournalResource Journal { get; }

    /// <summary>What was spent, and what may still be spent.</summary>
    public Budget Budget { get; }

    /// <summary>Downloads.</summary>
    public OutputResource Outputs { get; }

    /// <summary>Language models.</summary>
    public ChatResource Chat { get; }

    /// <summary>Money.</summary>
    public AccountResource Account { get; }

    /// <summary>What the service reports by itself.</summary>
    public WebhookResource Webhooks { get; }

    /// <summary>Looks whether everything is in place that the client needs. A check that fails is a row and no exception; nothing is billed.</summary>
    /// <param name="cancellationToken">Ends the checks.</param>
    public IAsyncEnumerable<SessionCheck> CheckAsync(CancellationToken cancellationToken = default) =>
        CheckAsync(null, UserFolders.FromEnvironment(), cancellationToken);

    /// <param name="keySource">Where the key came from.</param>
    /// <param name="folders">Where files are written.</param>
    /// <param name="cancellationToken">Ends the checks.</param>
    internal IAsyncEnumerable<SessionCheck> CheckAsync(string? keySource, UserFolders folders, CancellationToken cancellationToken) =>
        new SessionProbe(Options, _http, Models, _clock).RunAsync(keySource, folders, cancellationToken);

    /// <summary>What was sent, and what became of it.</summary>
    internal PredictionRecords Records { get; }

    /// <summary>Frees the connections. The client can still be used; it then opens new ones.</summary>
    public void Dispose()
    {
        Models.Stop();
        _http.Dispose();
        Outputs.Dispose();
    }
}
