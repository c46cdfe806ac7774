using System.Net;
using AtlasCloud.Text;

namespace AtlasCloud.Http;

/// <summary>The rules for addresses that the key may be sent to.</summary>
internal static class Origin
{
    private static readonly string[] s_knownPaths = ["/api/v1", "/public/v1", "/v1", "/api"];

    /// <summary>Returns the origin with a trailing slash. Paths that the service's documentation names are removed.</summary>
    internal static Uri Check(Uri address)
    {
        if (!address.IsAbsoluteUri || address.Scheme is not ("https" or "http") || address.Host.Length == 0)
        {
            throw Invalid(address, "It must have a scheme and a host, for example https://api.atlascloud.ai.");
        }

        if (address.Scheme == "http" && !IsLoopback(address))
        {
            throw Invalid(address, "The API key is sent over https only; http is allowed for loopback addresses.");
        }

        if (address.UserInfo.Length > 0)
        {
            throw Invalid(address, "A user name and password in the URL are not supported.");
        }

        string path = address.AbsolutePath.TrimEnd('/');
        if (path.Length > 0 && !s_knownPaths.Contains(path, StringComparer.OrdinalIgnoreCase))
        {
            throw Invalid(address, "It must be an origin without a path.");
        }

        return new Uri(address.GetLeftPart(UriPartial.Authority) + "/");
    }

    /// <summary>Whether an address is a loopback address. Names are not resolved.</summary>
    internal static bool IsLoopback(Uri address) =>
        address.IsLoopback || (IPAddress.TryParse(address.Host.Trim('[', ']'), out IPAddress? ip) && IPAddress.IsLoopback(ip));

    /// <summary>Whether a host is a name for loopback, rather than an address.</summary>
    internal static bool IsLoopbackName(string host) => host.Equals("localhost", StringComparison.OrdinalIgnoreCase);

    /// <summary>Whether two addresses have the same scheme, host and port.</summary>
    internal static bool IsSame(Uri one, Uri other) =>
        Uri.Compare(one, other, UriComponents.SchemeAndServer, UriFormat.UriEscaped, StringComparison.OrdinalIgnoreCase) == 0;

    private static AtlasCloudException Invalid(Uri address, string why) =>
        new(AtlasCloudErrorKind.InvalidParameter, $"'{SafeText.Sanitize(address.OriginalString, length: 100)}' is not a valid base URL. {why} Nothing was sent.")
        {
            Reason = AtlasCloudErrorReason.BaseUriInvalid,
            Input = "BaseUri",
            Value = SafeText.Sanitize(address.OriginalString, length: 100),
            Target = address.OriginalString,
        };
}
