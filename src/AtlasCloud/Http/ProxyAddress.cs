using System.Net;

namespace AtlasCloud.Http;

/// <summary>Separates the address of a proxy from the user name and password in it, so that no view and no log contains them.</summary>
internal static class ProxyAddress
{
    private static readonly string[] s_schemes = ["http", "https", "socks4", "socks4a", "socks5"];

    /// <summary>Returns the address without a user name and password.</summary>
    internal static Uri WithoutCredential(Uri address) => address.UserInfo.Length == 0 ? address : new UriBuilder(address) { UserName = "", Password = "" }.Uri;

    /// <summary>Returns the user name and password in an address; null if there are none.</summary>
    internal static NetworkCredential? FindCredential(Uri address)
    {
        if (address.UserInfo.Length == 0)
        {
            return null;
        }

        string[] parts = address.UserInfo.Split(':', 2);
        string name = Uri.UnescapeDataString(parts[0]);
        string password = parts.Length > 1 ? Uri.UnescapeDataString(parts[1]) : "";
        return name.Split('\\', 2) is [string domain, string user] ? new NetworkCredential(user, password, domain) : new NetworkCredential(name, password);
    }

    /// <summary>Returns a valid address.</summary>
    /// <exception cref="AtlasCloudException">InvalidParameter. The message does not contain the address, which can contain a password.</exception>
    internal static Uri Check(Uri address) =>
        address.IsAbsoluteUri && s_schemes.Contains(address.Scheme, StringComparer.Ordinal) && address.Host.Length > 0
            ? address
            : throw new AtlasCloudException(
                AtlasCloudErrorKind.InvalidParameter,
                $"The URL of the proxy must have a host and one of the schemes {string.Join(", ", s_schemes)}, for example http://proxy.example.com:3128. Nothing was sent.")
            {
                Reason = AtlasCloudErrorReason.ProxyInvalid,
                Input = nameof(AtlasCloudOptions.Proxy),
                Allowed = s_schemes,
            };
}
