using System.Globalization;
using AtlasCloud.Emulation;
using AtlasCloud.Emulation.Http;
using AtlasCloud.Emulation.Predictions;

namespace AtlasCloud;

/// <summary>An emulator of the Atlas API on loopback, with realistic replies and playable files. Records all requests and charges.</summary>
public sealed class Emulator : IAsyncDisposable, IDisposable
{
    /// <summary>The default API key. It is valid only for emulators.</summary>
    public const string DefaultApiKey = "apikey-emulator-0123456789abcdef";

    /// <summary>The default management key. It is valid only for emulators.</summary>
    public const string DefaultManagementKey = "mgmt-emulator-0123456789abcdef";

    private readonly HttpServer _server;
    private readonly EmulatedService _service;
    private readonly Lazy<Task> _stopping;

    private Emulator(EmulatorOptions options)
    {
        Options = options;
        ApiKey = options.ApiKey;
        ManagementKey = options.ManagementKey;
        EmulatedService? service = null;
        Uri? baseUri = null;
        HttpServer server = new(options.Port, (request, stop) => service!.Gateway.HandleAsync(request, stop), options.Clock);
        server.Start(() =>
        {
            baseUri = new Uri(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{server.Port}/"));
            service = new EmulatedService(options, baseUri);
        });
        (_server, _service, BaseUri) = (server, service!, baseUri!);
        _stopping = new Lazy<Task>(EndAsync);
    }

    /// <summary>The base address, without a path.</summary>
    public Uri BaseUri { get; }

    /// <summary>The accepted API key.</summary>
    public string ApiKey { get; }

    /// <summary>The accepted management key, for projects and API keys.</summary>
    public string ManagementKey { get; }

    /// <summary>The options that the emulator was started with.</summary>
    public EmulatorOptions Options { get; }

    /// <summary>Whether the emulator accepts requests.</summary>
    public bool IsRunning => _server.IsRunning;

    /// <summary>The number of open connections, including idle ones.</summary>
    public int OpenConnections => _server.OpenConnections;

    /// <summary>All requests since the start or the last <see cref="ClearLedger"/>, in the order of arrival.</summary>
    public IReadOnlyList<LedgerEntry> Ledger => _service.Ledger.Entries;

    /// <summary>All webhook delivery attempts, in the order of completion.</summary>
    public IReadOnlyList<WebhookDelivery> Deliveries => _service.Webhooks.Deliveries;

    /// <summary>All charges, in the order of arrival.</summary>
    public IReadOnlyList<Charge> Charges
    {
        get
        {
            _service.Tasks.Settle();
            return _service.Balance.Charges;
        }
    }

    /// <summary>The balance in US dollars, including amounts reserved for running tasks.</summary>
    public decimal Balance
    {
        get
        {
            _service.Tasks.Settle();
            return _service.Balance.Available;
        }
    }

    /// <summary>The amount in US dollars reserved for running tasks.</summary>
    public decimal Frozen
    {
        get
        {
            _service.Tasks.Settle();
            return _service.Balance.Frozen;
        }
    }

    /// <summary>Starts an emulator. It accepts requests when this method returns.</summary>
    /// <exception cref="System.Net.Sockets.SocketException">The port is in use.</exception>
    public static Emulator Start(EmulatorOptions? options = null) => new(options ?? new EmulatorOptions());

    /// <summary>Clears the recorded requests. Charges and tasks remain.</summary>
    public void ClearLedger() => _service.Ledger.Clear();

    /// <summary>Closes all connections and deletes uploaded files. Ledger, charges and balance remain readable.</summary>
    public void Stop() => StopAsync().GetAwaiter().GetResult();

    /// <summary>Same as <see cref="Stop"/>.</summary>
    public void Dispose() => Stop();

    /// <summary>Same as <see cref="Stop"/>, without blocking.</summary>
    public async ValueTask DisposeAsync() => await StopAsync().ConfigureAwait(false);

    /// <summary>Returns the base address.</summary>
    public override string ToString() => BaseUri.ToString();

    /// <summary>Completes when the connections that are open now have ended.</summary>
    internal Task ConnectionsEnded => _server.ConnectionsEnded;

    /// <summary>Completes when the deliveries that are under way now have ended.</summary>
    internal Task DeliveriesEnded => _service.Webhooks.DeliveriesEnded;

    /// <summary>Stops injecting chaos faults.</summary>
    internal void StopChaos() => _service.Chaos.Stop();

    /// <summary>Finds a task by its ID; null if there is none.</summary>
    internal EmulatedTask? FindTask(string predictionId) => _service.Tasks.Find(predictionId);

    // One end for all who ask for it: who asks second must not return before it is there.
    private Task StopAsync() => _stopping.Value;

    private async Task EndAsync()
    {
        await _service.Webhooks.DisposeAsync().ConfigureAwait(false);
        await _server.DisposeAsync().ConfigureAwait(false);
        _service.Media.Delete();
    }
}
