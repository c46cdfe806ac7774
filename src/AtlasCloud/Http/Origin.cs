using System.Net;
using AtlasCloud.Text;

namespace AtlasCloud.Http;

/// <summary>The rules for an address that a key may be sent to.</summary>
internal static class Origin
{
    private static readonly string[] s_knownPaths = ["/api/v1", "/public/v1", "/v1", "/api"];

    /// <summary>Gives the origin back with one slash at the end; a path that the service's pages name is cut off.</summary>
    internal static Uri Check(Uri address)
    {
        if (!address.IsAbsoluteUri || address.Scheme is not ("https" or "http") || address.Host.Length == 0)
        {
            throw Invalid(address, "It needs a scheme and a host, as in https://api.atlascloud.ai.");
        }

        if (address.Scheme == "http" && !IsLoopback(address))
        {
            throw Invalid(address, "A key is sent over https only; plain http is for loopback addresses.");
        }

        if (address.UserInfo.Length > 0)
        {
            throw Invalid(address, "User and password in an address are not supported.");
        }

        string path = address.AbsolutePath.TrimEnd('/');
        if (path.Length > 0 && !s_knownPaths.Contains(path, StringComparer.OrdinalIgnoreCase))
        {
            throw Invalid(address, "Give the origin alone; the paths of the service are added to it.");
        }

        return new Uri(address.GetLeftPart(UriPartial.Authority) + "/");
    }

    /// <summary>True for names and addresses of this machine only. A name is never looked up for this.</summary>
    internal static bool IsLoopback(Uri address) =>
        address.IsLoopback || (IPAddress.TryParse(address.Host.Trim('[', ']'), out IPAddress? ip) && IPAddress.IsLoopback(ip));

    /// <summary>Whether two addresses share scheme, host and port, so that a key meant for one may go to the other.</summary>
    internal static bool Same(Uri one, Uri other) =>
        Uri.Compare(one, other, UriComponents.SchemeAndServer, UriFormat.UriEscaped, StringComparison.OrdinalIgnoreCase) == 0;

    private static AtlasCloudException Invalid(Uri address, string why) =>
        new(AtlasCloudErrorKind.InvalidParameter, $"'{SafeText.Sanitize(address.OriginalString, length: 100)}' cannot be a base address. {why} Nothing was sent.")
        {
            Reason = AtlasCloudErrorReason.BaseUriInvalid,
            Input = "BaseUri",
            Value = SafeText.Sanitize(address.OriginalString, length: 100),
            Target = address.OriginalString,
        };
}
