using System.Net;
using System.Net.Sockets;
using AtlasCloud.Emulation.Predictions;
using AtlasCloud.Emulation.Scenarios;

namespace AtlasCloud.Emulation.Webhooks;

/// <summary>
/// Delivers webhooks to this machine, and never to any other. Addresses elsewhere are accepted, as by the service, and recorded as not
/// delivered.
/// </summary>
internal sealed class WebhookSender : IAsyncDisposable
{
    // The retry schedule of the service is undocumented; three attempts are an assumption.
    private static readonly TimeSpan[] s_retryDelays = [TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(5)];
    private const int MaximumAddressLength = 1024;
    private static readonly TimeSpan s_timeout = TimeSpan.FromSeconds(10);

    private readonly EmulatorOptions _options;
    private readonly PredictionWriter _predictions;
    private readonly HttpMessageInvoker _http = new(new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        UseProxy = false,
        UseCookies = false,
        ConnectCallback = ConnectAsync,
    });

    private readonly CancellationTokenSource _stop = new();
    private readonly object _lock = new();
    private readonly List<WebhookDelivery> _deliveries = [];
    private readonly List<Task> _running = [];

    internal WebhookSender(EmulatorOptions options, PredictionWriter predictions) => (_options, _predictions) = (options, predictions);

    internal IReadOnlyList<WebhookDelivery> Deliveries
    {
        get
        {
            lock (_lock)
            {
                return _deliveries.ToArray();
            }
        }
    }

    /// <summary>Completes when the deliveries that are under way now have ended.</summary>
    internal Task DeliveriesEnded { get { lock (_lock) { return Task.WhenAll(_running); } } }

    /// <summary>Whether a submit accepts the address, as the service does: public, https and not too long. Loopback is accepted too, unless the options forbid it.</summary>
    internal bool Accepts(Uri? address) => address switch
    {
        null => false,
        { OriginalString.Length: > MaximumAddressLength } => false,
        { IsLoopback: true } => _options.AcceptLoopbackWebhooks && (address.Scheme == Uri.UriSchemeHttps || address.Scheme == Uri.UriSchemeHttp),
        _ => address.Scheme == Uri.UriSchemeHttps && !IsPrivate(address.DnsSafeHost),
    };

    private static bool IsPrivate(string host)
    {
        if (!IPAddress.TryParse(host, out IPAddress? address))
        {
            return !host.Contains('.', StringComparison.Ordinal);
        }

        byte[] bytes = (address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address).GetAddressBytes();
        return bytes is [0 or 10 or 127, ..] or [169, 254, ..] or [192, 168, ..] or [172, >= 16 and <= 31, ..] or [100, >= 64 and <= 127, _, _]
            || (bytes.Length == 16 && (address.IsIPv6LinkLocal || address.IsIPv6UniqueLocal || address.IsIPv6SiteLocal || IPAddress.IsLoopback(address)));
    }

    /// <summary>Schedules the delivery for the end of the task. Tasks that never end are not reported.</summary>
    internal void Schedule(EmulatedTask task)
    {
        bool neverEnds = task.Scenario.End is ScenarioTaskEnd.Stuck or ScenarioTaskEnd.Unknown;
        if (task.WebhookUri is null || task.Scenario.Webhook == ScenarioWebhookMode.Never || neverEnds)
        {
            return;
        }

        lock (_lock)
        {
            if (!_stop.IsCancellationRequested)
            {
                _running.RemoveAll(done => done.IsCompleted);
                _running.Add(Task.Run(() => DeliverWhenFinishedAsync(task, _stop.Token)));
            }
        }
    }

    /// <summary>Cancels all deliveries and waits for them. Later calls do nothing.</summary>
    public async ValueTask DisposeAsync()
    {
        Task[] running;
        lock (_lock)
        {
            if (_stop.IsCancellationRequested)
            {
                return;
            }

            _stop.Cancel();
            running = [.. _running];
        }

        await Task.WhenAll(running).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _http.Dispose();
    }

    private async Task DeliverWhenFinishedAsync(EmulatedTask task, CancellationToken cancellationToken)
    {
        // Timers can fire slightly early; the delivery must not precede the end.
        TimeSpan remaining;
        while ((remaining = task.EndsAt - _options.Clock.GetUtcNow()) > TimeSpan.Zero)
        {
            await Task.Delay(remaining, _options.Clock, cancellationToken).ConfigureAwait(false);
        }

        if (!task.WebhookUri!.IsLoopback)
        {
            Record(task, attempt: 0, status: 0);
            return;
        }

        string id = "whk_" + Guid.NewGuid().ToString("N")[..12];
        for (int round = task.Scenario.Webhook == ScenarioWebhookMode.Twice ? 2 : 1; round > 0; round--)
        {
            await DeliverAsync(task, id, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task DeliverAsync(EmulatedTask task, string id, CancellationToken cancellationToken)
    {
        for (int attempt = 1; ; attempt++)
        {
            int status = await SendAsync(task, id, cancellationToken).ConfigureAwait(false);
            Record(task, attempt, status);
            if (status is >= 200 and < 300 || attempt > s_retryDelays.Length)
            {
                return;
            }

            await Task.Delay(s_retryDelays[attempt - 1] * _options.TimeScale, _options.Clock, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task<int> SendAsync(EmulatedTask task, string id, CancellationToken cancellationToken)
    {
        using CancellationTokenSource timeout = new(s_timeout, _options.Clock);
        using CancellationTokenSource linked = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        DateTimeOffset now = _options.Clock.GetUtcNow();
        try
        {
            using HttpRequestMessage message = WebhookMessage.Create(task, _predictions.Write(task, task.StateAt(now), now), id, now);
            using HttpResponseMessage reply = await _http.SendAsync(message, linked.Token).ConfigureAwait(false);
            return (int)reply.StatusCode;
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException || (exception is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            return 0;
        }
    }

    private void Record(EmulatedTask task, int attempt, int status)
    {
        lock (_lock)
        {
            _deliveries.Add(new WebhookDelivery
            {
                PredictionId = task.Id,
                Address = task.WebhookUri!,
                Attempt = attempt,
                Time = _options.Clock.GetUtcNow(),
                Status = status,
            });
        }
    }

    // Host names are not resolved: whatever a hosts file says, the connection goes to this machine.
    private static async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellationToken)
    {
        IPAddress target = IPAddress.TryParse(context.DnsEndPoint.Host.Trim('[', ']'), out IPAddress? ip) && IPAddress.IsLoopback(ip) ? ip : IPAddress.Loopback;
        Socket socket = new(target.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(target, context.DnsEndPoint.Port, cancellationToken).ConfigureAwait(false);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
