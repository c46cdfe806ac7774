using System.Net;
using System.Net.Sockets;
using AtlasCloud.Http;
using AtlasCloud.Text;

namespace AtlasCloud.Outputs;

/// <summary>
/// The way to files of other hosts. No key, no Referer, no cookies; https only; and no address inside somebody's network, unless the
/// session itself talks to this machine: a reply must not make us read what only we can reach.
/// </summary>
internal sealed class DownloadConnection(AtlasCloudOptions options, HttpMessageHandler? handler) : IDisposable
{
    private const int MostRedirects = 5;

    private readonly bool _isLocal = Origin.IsLoopback(options.BaseUri);
    private readonly object _lock = new();
    private HttpMessageInvoker? _invoker;

    /// <summary>Says through which proxy an address is reached, if any.</summary>
    internal IWebProxy Proxy { get; init; } = options.Proxy is null ? HttpClient.DefaultProxy : new WebProxy(options.Proxy);

    /// <summary>Looks a name up.</summary>
    internal Func<string, CancellationToken, Task<IPAddress[]>> LookUp { get; init; } = Dns.GetHostAddressesAsync;

    /// <summary>Opens an address, following redirects that keep the rules.</summary>
    /// <param name="address">The address.</param>
    /// <param name="rest">Which part is wanted; null for all of it.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="AtlasCloudException">The address, or one it leads to, breaks the rules.</exception>
    internal async Task<HttpResponseMessage> OpenAsync(Uri address, RangeRequest? rest, CancellationToken cancellationToken)
    {
        for (int hop = 0; hop <= MostRedirects; hop++)
        {
            Check(address);
            using HttpRequestMessage request = new(HttpMethod.Get, address);
            request.Headers.TryAddWithoutValidation("User-Agent", options.UserAgent);
            request.Headers.TryAddWithoutValidation("Accept", "*/*");
            request.Headers.TryAddWithoutValidation("Accept-Encoding", "identity");
            rest?.AddTo(request.Headers);
            HttpResponseMessage response = await Invoker().SendAsync(request, cancellationToken).ConfigureAwait(false);
            if ((int)response.StatusCode is not (301 or 302 or 303 or 307 or 308) || response.Headers.Location is not Uri location)
            {
                return response;
            }

            response.Dispose();
            address = Uri.TryCreate(address, location, out Uri? next)
                ? next
                : throw new AtlasCloudException(AtlasCloudErrorKind.DownloadIncomplete, "The download was redirected to something that is no address.");
        }

        throw new AtlasCloudException(AtlasCloudErrorKind.DownloadIncomplete, $"The download was redirected more than {MostRedirects} times.");
    }

    public void Dispose()
    {
        lock (_lock)
        {
            _invoker?.Dispose();
            _invoker = null;
        }
    }

    private void Check(Uri address)
    {
        bool isAllowed = address.Scheme == "https" || (address.Scheme == "http" && _isLocal && Origin.IsLoopback(address));
        if (!isAllowed || (!_isLocal && IPAddress.TryParse(address.Host.Trim('[', ']'), out IPAddress? ip) && IsInside(ip)) || (!_isLocal && address.IsLoopback))
        {
            throw OutputErrors.AddressNotAllowed(address);
        }
    }

    private HttpMessageInvoker Invoker()
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
                ConnectCallback = ConnectAsync,
            });
        }
    }

    // The name is looked up here and the very address that passed the check is used: a second look-up could give another. Where a
    // proxy stands in between, it looks names up, and what it may reach is its own affair; addresses written as numbers are still
    // refused before anything is sent.
    private async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellationToken)
    {
        bool isDirect = context.InitialRequestMessage.Method != HttpMethod.Connect && !IsProxy(context.DnsEndPoint, context.InitialRequestMessage.RequestUri);
        IPAddress[] found = await LookUp(context.DnsEndPoint.Host, cancellationToken).ConfigureAwait(false);
        IPAddress[] allowed = [.. found.Where(a => _isLocal || !isDirect || !IsInside(a))];
        if (allowed.Length == 0)
        {
            throw new AtlasCloudException(AtlasCloudErrorKind.DownloadIncomplete, $"{context.DnsEndPoint.Host} leads to an address inside a private network and is not read from.");
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

    // The handler's own CONNECT goes to a proxy; a proxy of another kind gets the request itself.
    // Only what is known to be the proxy is spared the check: a name that is merely written otherwise than expected is not.
    private bool IsProxy(DnsEndPoint end, Uri? wanted) =>
        wanted is not null && !Proxy.IsBypassed(wanted) && Proxy.GetProxy(wanted) is Uri proxy && proxy != wanted
        && proxy.Port == end.Port && string.Equals(proxy.IdnHost.Trim('[', ']'), end.Host.Trim('[', ']'), StringComparison.OrdinalIgnoreCase);

    /// <summary>Whether an address belongs to this machine or to a network that is not the public one.</summary>
    internal static bool IsInside(IPAddress address) => PrivateAddress.IsPrivate(address);
}
