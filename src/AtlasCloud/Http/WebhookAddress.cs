using System.Net;

namespace AtlasCloud.Http;

/// <summary>Whether the service could reach an address. The name is not resolved, since it can resolve to another address there.</summary>
internal static class WebhookAddress
{
    /// <summary>The maximum length of an address that the service accepts, in characters.</summary>
    internal const int MaxLength = 1024;

    private static readonly string[] s_privateNames = [".localhost", ".local", ".internal", ".home.arpa"];

    /// <param name="address">The webhook address.</param>
    /// <param name="isLocal">Whether the client talks to an emulator on this machine, which delivers to this machine only.</param>
    internal static bool IsReachable(Uri address, bool isLocal)
    {
        if (!address.IsAbsoluteUri || address.Scheme is not ("https" or "http"))
        {
            return false;
        }

        return Origin.IsLoopback(address) ? isLocal : address.Scheme == "https" && IsPublic(address);
    }

    private static bool IsPublic(Uri address)
    {
        string host = address.IdnHost.Trim('[', ']').TrimEnd('.');
        return IPAddress.TryParse(host, out IPAddress? ip)
            ? !PrivateAddress.IsPrivate(ip)
            : host.Contains('.', StringComparison.Ordinal) && !s_privateNames.Any(n => host.EndsWith(n, StringComparison.OrdinalIgnoreCase));
    }
}
