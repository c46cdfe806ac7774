using System.Net;
using System.Net.Sockets;
using AtlasCloud.Http;

namespace AtlasCloud;

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

    /// <summary>Opens an address, following redirects that keep the rules.</summary>
    /// <exception cref="AtlasCloudException">The address, or one it leads to, breaks the rules.</exception>
    internal async Task<HttpResponseMessage> OpenAsync(Uri address, CancellationToken cancellationToken)
    {
        for (int hop = 0; hop <= MostRedirects; hop++)
        {
            Check(address);
            using HttpRequestMessage request = new(HttpMethod.Get, address);
            request.Headers.TryAddWithoutValidation("User-Agent", options.UserAgent);
            request.Headers.TryAddWithoutValidation("Accept", "*/*");
            HttpResponseMessage response = await Invoker().SendAsync(request, cancellationToken).ConfigureAwait(false);
            if ((int)response.StatusCode is not (301 or 302 or 303 or 307 or 308) || response.Headers.Location is not Uri location)
            {
                return response;
            }

            response.Dispose();
            address = new Uri(address, location);
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
            throw new AtlasCloudException(
                AtlasCloudErrorKind.DownloadIncomplete,
                $"'{SafeText.Show(address.GetLeftPart(UriPartial.Path), length: 200)}' is not an address that results are read from: it has to be https and public.")
            {
                RecommendedAction = "If the address is meant to be so, download it yourself: it is in the Uri of the output.",
            };
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
                Proxy = options.Proxy is null ? null : new WebProxy(options.Proxy),
                ConnectCallback = ConnectAsync,
            });
        }
    }

    // The name is looked up here and the very address that passed the check is used: a second look-up could give another.
    private async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellationToken)
    {
        bool isDirect = context.InitialRequestMessage.RequestUri is Uri wanted
            && string.Equals(wanted.IdnHost.Trim('[', ']'), context.DnsEndPoint.Host.Trim('[', ']'), StringComparison.OrdinalIgnoreCase);
        IPAddress[] found = await Dns.GetHostAddressesAsync(context.DnsEndPoint.Host, cancellationToken).ConfigureAwait(false);
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

    // An address of the old kind can travel inside one of the new: mapped, by NAT64 (64:ff9b::/96), or by 6to4 (2002::/16).
    private static IPAddress Embedded(IPAddress address)
    {
        if (address.AddressFamily != AddressFamily.InterNetworkV6)
        {
            return address;
        }

        byte[] b = address.GetAddressBytes();
        return address.IsIPv4MappedToIPv6 ? address.MapToIPv4()
            : b.AsSpan().StartsWith((ReadOnlySpan<byte>)[0x00, 0x64, 0xFF, 0x9B, 0, 0, 0, 0, 0, 0, 0, 0]) ? new IPAddress(b.AsSpan(12))
            : b[0] == 0x20 && b[1] == 0x02 ? new IPAddress(b.AsSpan(2, 4))
            : address;
    }

    /// <summary>Whether an address belongs to this machine or to a network that is not the public one.</summary>
    internal static bool IsInside(IPAddress address)
    {
        IPAddress ip = Embedded(address);
        if (IPAddress.IsLoopback(ip) || ip.Equals(IPAddress.Any) || ip.Equals(IPAddress.IPv6Any) || ip.Equals(IPAddress.Broadcast))
        {
            return true;
        }

        byte[] b = ip.GetAddressBytes();
        return ip.AddressFamily == AddressFamily.InterNetwork
            ? b[0] is 0 or 10 or 127 or >= 224
                || (b[0] == 100 && b[1] is >= 64 and <= 127)
                || (b[0] == 169 && b[1] == 254)
                || (b[0] == 172 && b[1] is >= 16 and <= 31)
                || (b[0] == 192 && b[1] == 168)
                || (b[0] == 192 && b[1] == 0 && b[2] == 0)
                || (b[0] == 198 && (b[1] is 18 or 19))
            : ip.IsIPv6LinkLocal || ip.IsIPv6SiteLocal || ip.IsIPv6Multicast || ip.IsIPv6UniqueLocal;
    }
}
