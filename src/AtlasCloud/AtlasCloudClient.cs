using AtlasCloud.Background;
using AtlasCloud.Costs;
using AtlasCloud.Diagnostics;
using AtlasCloud.Http;
using AtlasCloud.Journal;
using AtlasCloud.Outputs;
using AtlasCloud.Predictions;
using AtlasCloud.Requests;
using AtlasCloud.Submission;

namespace AtlasCloud;

/// <summary>A client for the Atlas Cloud API. It owns connections, rate limits, caches and the budget: create one and keep it. Thread-safe.</summary>
public sealed class AtlasCloudClient : IAsyncDisposable, IDisposable
{
    // A journal append can wait 2 s for another process, and a compaction that has started to write completes.
    private static readonly TimeSpan s_maxDisposeTime = TimeSpan.FromSeconds(5);

    private readonly HttpPipeline _http;
    private readonly HttpPipeline? _managementHttp;
    private readonly DownloadConnection _downloads;
    private readonly TimeProvider _clock;
    private readonly HttpMessageHandler? _handler;
    private readonly Random? _random;

    /// <summary>Creates a client. Makes no request.</summary>
    /// <param name="options">Addresses, key and limits.</param>
    /// <param name="handler">Sends the requests, for tests. The client does not dispose it. Default: the network.</param>
    /// <param name="clock">The clock, for tests. Default: the system clock.</param>
    /// <param name="random">The source of jitter, for tests. Default: <see cref="Random.Shared"/>.</param>
    public AtlasCloudClient(AtlasCloudOptions options, HttpMessageHandler? handler = null, TimeProvider? clock = null, Random? random = null)
    {
        clock ??= TimeProvider.System;
        (_handler, _random) = (handler, random);
        random = random is null ? Random.Shared : new LockedRandom(random);
        Options = options;
        _clock = clock;
        _http = new HttpPipeline(options, handler, clock, random);
        Budget = new Budget(options.Budget);
        Models = new ModelCatalog(options, _http, Background, clock);
        Media = new MediaResource(_http, clock);
        Assets = new AssetResource(options, _http, Media, clock);
        Records = new PredictionRecords(JournalFile.Open(options.JournalPath, clock, background: Background), options, clock, _http.ServiceClock);
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
        _downloads = new DownloadConnection(options, handler);
        Outputs = new OutputResource(options, _downloads, Predictions, Records, clock, random);
        Chat = new ChatResource(options, _http, Models, Media, Budget, clock);
        Account = new AccountResource(_http, clock);
        Webhooks = new WebhookResource(_http, clock);
        _managementHttp = options.HasManagementKey ? new HttpPipeline(options.ForManagement(), handler, clock, random) : null;
        Management = new ManagementResource(_managementHttp);
    }

    /// <summary>Returns a new client with the same options and key, but with a budget of its own.</summary>
    /// <param name="budget">The most that the new client may spend, in US dollars.</param>
    /// <exception cref="ArgumentOutOfRangeException">The budget is negative.</exception>
    public AtlasCloudClient WithBudget(decimal budget) => new(Options.WithBudget(budget), _handler, _clock, _random);

    /// <summary>The options. The key cannot be read from them.</summary>
    public AtlasCloudOptions Options { get; }

    /// <summary>The model catalog.</summary>
    public ModelCatalog Models { get; }

    /// <summary>Uploads.</summary>
    public MediaResource Media { get; }

    /// <summary>The library of reference assets.</summary>
    public AssetResource Assets { get; }

    /// <summary>Images, video, audio and 3D.</summary>
    public PredictionResource Predictions { get; }

    /// <summary>The journal of billable requests.</summary>
    public JournalResource Journal { get; }

    /// <summary>The spending limit and what was spent of it.</summary>
    public Budget Budget { get; }

    /// <summary>Downloads of results.</summary>
    public OutputResource Outputs { get; }

    /// <summary>Chat with language models.</summary>
    public ChatResource Chat { get; }

    /// <summary>Balance, usage and costs.</summary>
    public AccountResource Account { get; }

    /// <summary>Verification of webhook deliveries.</summary>
    public WebhookResource Webhooks { get; }

    /// <summary>Projects, their budgets, and API keys. Needs <see cref="AtlasCloudOptions.ManagementKey"/>.</summary>
    public ManagementResource Management { get; }

    /// <summary>
    /// Work that no caller awaits, such as a refresh of the catalog. Disposing it cancels that work and waits until it has ended; the client can still
    /// be used, and connections stay open. For owners that outlive the client: it does not keep the client alive.
    /// </summary>
    public IAsyncDisposable BackgroundWork => Background;

    /// <summary>
    /// Tests the connection with one request, which is not retried and not charged and takes at most 10 s. A failed probe is a result, not an exception.
    /// </summary>
    /// <param name="target">What to request.</param>
    /// <param name="cancellationToken">Cancels the request.</param>
    public Task<ProbeResult> ProbeAsync(ProbeTarget target, CancellationToken cancellationToken = default) =>
        new ConnectionProbe(Options, _http, _managementHttp, _clock).RunAsync(target, cancellationToken);

    /// <summary>
    /// Returns the proxy for requests to <see cref="AtlasCloudOptions.BaseUri"/>: <see cref="AtlasCloudOptions.Proxy"/>, else the proxy that the
    /// environment or the operating system configures, unless the address is on loopback; null for a direct connection. Its
    /// address contains no user name and password.
    /// </summary>
    public Uri? FindProxy() => new ClientProxy(Options).Find(Options.BaseUri) is Uri proxy ? ProxyAddress.WithoutCredential(proxy) : null;

    /// <summary>The requests of this client and their outcomes.</summary>
    internal PredictionRecords Records { get; }

    /// <summary>Work that no caller awaits.</summary>
    internal BackgroundWork Background { get; } = new();

    /// <summary>Cancels background work, waits until all of it has ended, and closes the connections.</summary>
    /// <remarks>
    /// Calls that their callers still await are not canceled. A disposed client can still be used: it opens new connections but starts no background
    /// work.
    /// </remarks>
    public async ValueTask DisposeAsync()
    {
        await EndBackgroundAsync().ConfigureAwait(false);
        CloseConnections();
    }

    /// <summary>Does the same as <see cref="DisposeAsync"/>, blocking for at most 5 s.</summary>
    public void Dispose()
    {
        EndBackgroundAsync().Wait(s_maxDisposeTime);
        CloseConnections();
    }

    private async Task EndBackgroundAsync()
    {
        await Background.CloseAsync().ConfigureAwait(false);
        if (Records.Journal is JournalFile journal)
        {
            await journal.DisposeAsync().ConfigureAwait(false);
        }
    }

    private void CloseConnections()
    {
        _http.Dispose();
        _managementHttp?.Dispose();
        _downloads.Dispose();
    }
}
