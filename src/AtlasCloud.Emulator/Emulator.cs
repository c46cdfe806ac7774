using System.Globalization;
using AtlasCloud.Emulation;
using AtlasCloud.Emulation.Http;
using AtlasCloud.Emulation.Predictions;

namespace AtlasCloud;

/// <summary>The Atlas API on loopback: real replies, real files, no money. What it was asked for, it writes down.</summary>
public sealed class Emulator : IAsyncDisposable, IDisposable
{
    /// <summary>The key that is accepted unless another one is chosen. It opens nothing but emulators.</summary>
    public const string DefaultApiKey = "apikey-emulator-0123456789abcdef";

    private readonly HttpServer _server;
    private readonly EmulatedService _service;

    private Emulator(EmulatorOptions options)
    {
        Options = options;
        ApiKey = options.ApiKey;
        EmulatedService? service = null;
        Uri? baseUri = null;
        HttpServer server = new(options.Port, (request, stop) => service!.Gateway.HandleAsync(request, stop), options.Clock);
        server.Start(() =>
        {
            baseUri = new Uri(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{server.Port}/"));
            service = new EmulatedService(options, baseUri);
        });
        (_server, _service, BaseUri) = (server, service!, baseUri!);
    }

    /// <summary>The address without a path.</summary>
    public Uri BaseUri { get; }

    /// <summary>The key that is accepted.</summary>
    public string ApiKey { get; }

    /// <summary>How the emulator behaves.</summary>
    public EmulatorOptions Options { get; }

    /// <summary>Whether it still answers.</summary>
    public bool IsRunning => _server.IsRunning;

    /// <summary>The connections that clients hold open, idle ones included.</summary>
    public int OpenConnections => _server.OpenConnections;

    /// <summary>Every request so far, in the order of arrival.</summary>
    public IReadOnlyList<LedgerEntry> Ledger => _service.Ledger.Entries;

    /// <summary>Every try to deliver a webhook so far, in the order in which they ended.</summary>
    public IReadOnlyList<WebhookDelivery> Deliveries => _service.Webhooks.Deliveries;

    /// <summary>Every billable thing so far, in the order of arrival.</summary>
    public IReadOnlyList<Charge> Charges
    {
        get
        {
            _service.Tasks.Settle();
            return _service.Balance.Charges;
        }
    }

    /// <summary>The money on the account, what is set aside for running tasks included.</summary>
    public decimal Balance
    {
        get
        {
            _service.Tasks.Settle();
            return _service.Balance.Available;
        }
    }

    /// <summary>The money that is set aside for running tasks.</summary>
    public decimal Frozen
    {
        get
        {
            _service.Tasks.Settle();
            return _service.Balance.Frozen;
        }
    }

    /// <summary>Starts an emulator. It answers as soon as this returns.</summary>
    /// <exception cref="System.Net.Sockets.SocketException">The port is taken.</exception>
    public static Emulator Start(EmulatorOptions? options = null) => new(options ?? new EmulatorOptions());

    /// <summary>Forgets the requests so far; money and tasks stay.</summary>
    public void ClearLedger() => _service.Ledger.Clear();

    /// <summary>Ends every connection and deletes what was uploaded. Ledger, charges and balance can still be read.</summary>
    public void Stop() => StopAsync().GetAwaiter().GetResult();

    /// <summary>As <see cref="Stop"/>.</summary>
    public void Dispose() => Stop();

    /// <summary>As <see cref="Stop"/>, without blocking.</summary>
    public async ValueTask DisposeAsync() => await StopAsync().ConfigureAwait(false);

    /// <summary>Gives the address.</summary>
    public override string ToString() => BaseUri.ToString();

    /// <summary>From here on nothing goes wrong by rate.</summary>
    internal void StopChaos() => _service.Chaos.Stop();

    /// <summary>A task by its id; null where there is none.</summary>
    internal EmulatedTask? FindTask(string predictionId) => _service.Tasks.Find(predictionId);

    private async Task StopAsync()
    {
        await _service.Webhooks.DisposeAsync().ConfigureAwait(false);
        await _server.DisposeAsync().ConfigureAwait(false);
        _service.Media.Delete();
    }
}
