using System.Net;
using System.Net.Sockets;

namespace AtlasCloud.Http;

/// <summary>The connections of a client. Disposing closes idle ones; a later request opens new ones.</summary>
/// <param name="proxy">The proxy.</param>
/// <param name="handler">Sends the requests, for tests; null for the network.</param>
internal sealed class ConnectionPool(ClientProxy proxy, HttpMessageHandler? handler) : IDisposable
{
    private readonly object _lock = new();
    private HttpMessageInvoker? _invoker;

    internal HttpMessageInvoker Invoker
    {
        get
        {
            lock (_lock)
            {
                return _invoker ??= handler is null
                    ? new HttpMessageInvoker(Handler())
                    : new HttpMessageInvoker(handler, disposeHandler: false);
            }
        }
    }

    public void Dispose()
    {
        HttpMessageInvoker? old;
        lock (_lock)
        {
            old = _invoker;
            _invoker = null;
        }

        old?.Dispose();
    }

    // Following a redirect of the API would send the key along or turn a POST into a GET.
    private SocketsHttpHandler Handler() => new()
    {
        AllowAutoRedirect = false,
        AutomaticDecompression = DecompressionMethods.All,
        UseCookies = false,
        ConnectTimeout = TimeSpan.FromSeconds(15),
        PooledConnectionIdleTimeout = TimeSpan.FromSeconds(30),
        PooledConnectionLifetime = TimeSpan.FromMinutes(5),
        Proxy = proxy.ForHandler,
        DefaultProxyCredentials = proxy.Credentials,
        UseProxy = true,
        ConnectCallback = ConnectAsync,
    };

    // The key goes to http addresses on loopback only, so a resolver must not lead localhost to another machine.
    private static async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellationToken)
    {
        DnsEndPoint target = context.DnsEndPoint;
        Socket socket = new(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            if (Origin.IsLoopbackName(target.Host))
            {
                await socket.ConnectAsync([IPAddress.Loopback, IPAddress.IPv6Loopback], target.Port, cancellationToken).ConfigureAwait(false);
            }
            else
            {
                await socket.ConnectAsync(target, cancellationToken).ConfigureAwait(false);
            }

            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
