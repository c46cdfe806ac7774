using System.Net;

namespace AtlasCloud.Http;

/// <summary>Failures of a proxy, which are not those of the service.</summary>
internal static class ProxyErrors
{
    /// <summary>Whether a proxy refused to connect because it requires a user name and password.</summary>
    // .NET 8 has the status in the message only.
    internal static bool IsAuthenticationRequired(HttpRequestException fault) =>
        fault.HttpRequestError == HttpRequestError.ProxyTunnelError
        && (fault.StatusCode == HttpStatusCode.ProxyAuthenticationRequired || (fault.StatusCode is null && fault.Message.Contains("'407'", StringComparison.Ordinal)));

    internal static AtlasCloudException AuthenticationRequired(AtlasCloudErrorKind kind, string what, Exception? inner = null) =>
        new(kind, $"The proxy requires a user name and password that it accepts (HTTP 407), so the request for {what} was not sent.", inner)
        {
            IsTransient = false,
            Reason = AtlasCloudErrorReason.ProxyAuthenticationRequired,
            Status = HttpStatusCode.ProxyAuthenticationRequired,
            Input = nameof(AtlasCloudOptions.ProxyCredential),
            IsNotSent = true,
        };
}
