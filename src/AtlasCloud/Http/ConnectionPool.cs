using System.Net;

namespace AtlasCloud.Http;

/// <summary>The connections of a client. Disposing closes idle ones; a later request opens new ones.</summary>
internal sealed class ConnectionPool(Uri? proxy, HttpMessageHandler? handler) : IDisposable
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
        Proxy = proxy is null ? null : new WebProxy(proxy),
        UseProxy = true,
    };
}
