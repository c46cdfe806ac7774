using System.Net;

namespace AtlasCloud.Http;

/// <summary>
/// The proxy of a client: the one that its options name for all addresses, else the one of the environment or the operating system. The latter is
/// not used for loopback: it would receive the key in clear text, and it cannot reach this machine.
/// </summary>
internal sealed class ClientProxy : IWebProxy
{
    private readonly IWebProxy? _named;
    private readonly IWebProxy _system;
    private readonly ICredentials? _credentials;
    private readonly bool _isSystem;

    /// <param name="options">The options of the client.</param>
    /// <param name="system">The proxy of the environment or the operating system, for tests.</param>
    internal ClientProxy(AtlasCloudOptions options, IWebProxy? system = null)
    {
        _named = options.Proxy is Uri address ? new WebProxy(address) : null;
        _system = system ?? HttpClient.DefaultProxy;
        _credentials = GetCredentials(options);
        _isSystem = _named is null && system is null && !Origin.IsLoopback(options.BaseUri) && !Origin.IsLoopback(options.LlmBaseUri)
            && !Origin.IsLoopback(options.AssetBaseUri);
    }

    /// <summary>The proxy for a handler. Null, which stands for that of the system, if no request goes to loopback: only the original tries several proxies.</summary>
    internal IWebProxy? ForHandler => _isSystem ? null : this;

    /// <inheritdoc/>
    public ICredentials? Credentials { get => _credentials ?? (_named ?? _system).Credentials; set => throw new NotSupportedException(); }

    /// <inheritdoc/>
    public Uri? GetProxy(Uri destination) => Find(destination);

    /// <inheritdoc/>
    public bool IsBypassed(Uri host) => Find(host) is null;

    /// <summary>The credentials that the options name; null for those of the system's settings.</summary>
    internal static ICredentials? GetCredentials(AtlasCloudOptions options) =>
        options.ProxyCredential ?? (options.UseDefaultProxyCredentials ? CredentialCache.DefaultNetworkCredentials : null);

    /// <summary>Returns the proxy for an address; null for a direct connection.</summary>
    internal Uri? Find(Uri address)
    {
        IWebProxy proxy = _named ?? _system;
        if (_named is null && Origin.IsLoopback(address))
        {
            return null;
        }

        try
        {
            return proxy.IsBypassed(address) || proxy.GetProxy(address) is not Uri found || found == address ? null : found;
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            // Requests connect directly if the settings of the system cannot be read.
            return null;
        }
    }

    /// <summary>
    /// Throws if the key would leave this machine in clear text. A plain http request goes to loopback only, and a proxy reads it, so the proxy has to be
    /// on loopback too. https requests pass through any proxy as a tunnel.
    /// </summary>
    /// <exception cref="AtlasCloudException">InvalidParameter.</exception>
    internal void EnsureKeyIsSafe(Uri address)
    {
        if (address.Scheme == Uri.UriSchemeHttps)
        {
            return;
        }

        if (!Origin.IsLoopback(address))
        {
            throw new AtlasCloudException(AtlasCloudErrorKind.InvalidParameter, $"The API key is sent over https only, and {address.Authority} is not https. Nothing was sent.")
            {
                Reason = AtlasCloudErrorReason.BaseUriInvalid,
                Input = nameof(AtlasCloudOptions.BaseUri),
                Value = address.Authority,
            };
        }

        if (Find(address) is Uri proxy && !Origin.IsLoopback(proxy))
        {
            throw new AtlasCloudException(
                AtlasCloudErrorKind.InvalidParameter,
                $"The proxy {proxy.Authority} would receive the API key in clear text, because {address.Authority} is not https. Nothing was sent.")
            {
                Reason = AtlasCloudErrorReason.ProxyReceivesKey,
                Input = nameof(AtlasCloudOptions.Proxy),
                Value = proxy.Authority,
            };
        }
    }
}
