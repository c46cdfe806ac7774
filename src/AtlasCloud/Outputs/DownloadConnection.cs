using System.Net;
using System.Net.Sockets;
using AtlasCloud.Http;

namespace AtlasCloud.Outputs;

/// <summary>
/// Connects to the hosts of results. Sends no key, no Referer and no cookies, and uses https only. Addresses in private networks are refused, unless the
/// client's base address is on this machine: a response must not cause requests to hosts that only this machine can reach.
/// </summary>
internal sealed class DownloadConnection(AtlasCloudOptions options, HttpMessageHandler? handler) : IDisposable
{
    private const int MaxRedirects = 5;

    private readonly bool _isLocal = Origin.IsLoopback(options.BaseUri);
    private readonly object _lock = new();
    private HttpMessageInvoker? _invoker;

    /// <summary>Determines the proxy for an address.</summary>
    internal IWebProxy Proxy { get; init; } = new ClientProxy(options).ForHandler ?? HttpClient.DefaultProxy;

    /// <summary>Resolves a host name.</summary>
    internal Func<string, CancellationToken, Task<IPAddress[]>> ResolveHost { get; init; } = Dns.GetHostAddressesAsync;

    /// <summary>Requests an address and follows redirects to allowed addresses.</summary>
    /// <param name="address">The address.</param>
    /// <param name="range">The range to request; null for the whole file.</param>
    /// <param name="cancellationToken">Cancels the request.</param>
    /// <exception cref="AtlasCloudException">DownloadIncomplete: the address or a redirect is not allowed, or there are more than 5 redirects.</exception>
    internal async Task<HttpResponseMessage> OpenAsync(Uri address, RangeRequest? range, CancellationToken cancellationToken)
    {
        for (int redirects = 0; redirects <= MaxRedirects; redirects++)
        {
            EnsureAllowed(address);
            using HttpRequestMessage request = new(HttpMethod.Get, address);
            request.Headers.TryAddWithoutValidation("User-Agent", options.UserAgent);
            request.Headers.TryAddWithoutValidation("Accept", "*/*");
            request.Headers.TryAddWithoutValidation("Accept-Encoding", "identity");
            range?.AddTo(request.Headers);
            HttpResponseMessage response = await GetInvoker().SendAsync(request, cancellationToken).ConfigureAwait(false);
            if ((int)response.StatusCode is not (301 or 302 or 303 or 307 or 308) || response.Headers.Location is not Uri location)
            {
                return response;
            }

            response.Dispose();
            address = Uri.TryCreate(address, location, out Uri? next)
                ? next
                : throw new AtlasCloudException(AtlasCloudErrorKind.DownloadIncomplete, "The download was redirected to an invalid URL.");
        }

        throw new AtlasCloudException(AtlasCloudErrorKind.DownloadIncomplete, $"The download was redirected more than {MaxRedirects} times.");
    }

    public void Dispose()
    {
        lock (_lock)
        {
            _invoker?.Dispose();
            _invoker = null;
        }
    }

    private void EnsureAllowed(Uri address)
    {
        bool isAllowed = address.Scheme == "https" || (address.Scheme == "http" && _isLocal && Origin.IsLoopback(address));
        if (!isAllowed || (!_isLocal && IPAddress.TryParse(address.Host.Trim('[', ']'), out IPAddress? ip) && PrivateAddress.IsPrivate(ip)) || (!_isLocal && address.IsLoopback))
        {
            throw OutputErrors.AddressNotAllowed(address);
        }
    }

    private HttpMessageInvoker GetInvoker()
    {
        lock (_lock)
        {
            return _invoker ??= handler is not null ? new HttpMessageInvoker(handler, disposeHandler: false) : new HttpMessageInvoker(new SocketsHttpHandler
            {
                AllowAutoRedirect = false,
                UseCookies = false,
                AutomaticDecompression = DecompressionMethods.None,
                ConnectTimeout = TimeSpan.FromSeconds(15),
                PooledConnectionIdleTimeout = TimeSpan.FromSeconds(30),
                Proxy = Proxy,
                DefaultProxyCredentials = ClientProxy.GetCredentials(options),
                ConnectCallback = ConnectAsync,
            });
        }
    }

    // The name is resolved here and the checked address is used for the connection, since a second resolution could return another address. A proxy
    // resolves names itself and decides what it connects to; numeric addresses are still checked before anything is sent.
    private async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellationToken)
    {
        bool isDirect = context.InitialRequestMessage.Method != HttpMethod.Connect && !IsProxy(context.DnsEndPoint, context.InitialRequestMessage.RequestUri);
        IPAddress[] resolved = await ResolveHost(context.DnsEndPoint.Host, cancellationToken).ConfigureAwait(false);
        IPAddress[] allowed = [.. resolved.Where(a => _isLocal || !isDirect || !PrivateAddress.IsPrivate(a))];
        if (allowed.Length == 0)
        {
            throw new AtlasCloudException(AtlasCloudErrorKind.DownloadIncomplete, $"The host {context.DnsEndPoint.Host} resolves to an IP address in a private network. Outputs are not downloaded from it.");
        }

        Socket socket = new(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(allowed, context.DnsEndPoint.Port, cancellationToken).ConfigureAwait(false);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    // For a CONNECT request the handler connects to the proxy. Other proxies receive the request itself and are recognized by their endpoint.
    // The endpoint must equal that of the proxy exactly: any other spelling of a host is checked.
    private bool IsProxy(DnsEndPoint endPoint, Uri? address) =>
        address is not null && !Proxy.IsBypassed(address) && Proxy.GetProxy(address) is Uri proxy && proxy != address
        && proxy.Port == endPoint.Port && string.Equals(proxy.IdnHost.Trim('[', ']'), endPoint.Host.Trim('[', ']'), StringComparison.OrdinalIgnoreCase);
}
