using System.Net;
using System.Net.Sockets;

namespace AtlasCloud.Http;

/// <summary>Recognizes addresses that are not public: loopback, private networks, those of the IANA special-purpose registries, and the metadata services of clouds.</summary>
internal static class PrivateAddress
{
    internal static bool IsPrivate(IPAddress address)
    {
        IPAddress ip = Embedded(address);
        return ip.AddressFamily == AddressFamily.InterNetwork ? IsPrivate(ip.GetAddressBytes()) : !IsGlobalUnicast(ip.GetAddressBytes());
    }

    private static bool IsPrivate(byte[] b) =>
        b[0] is 0 or 10 or 127 or >= 224
        || (b[0] == 100 && b[1] is >= 64 and <= 127)
        || (b[0] == 169 && b[1] == 254)
        || (b[0] == 172 && b[1] is >= 16 and <= 31)
        || (b[0] == 192 && b[1] == 168)
        || (b[0] == 192 && b[1] == 0 && b[2] is 0 or 2)

        // The relays of 6to4, which are no longer in use.
        || (b[0] == 192 && b[1] == 88 && b[2] == 99)
        || (b[0] == 198 && (b[1] is 18 or 19 || (b[1] == 51 && b[2] == 100)))
        || (b[0] == 203 && b[1] == 0 && b[2] == 113)

        // A public address by its number, but the platform service of Azure.
        || (b[0] == 168 && b[1] == 63 && b[2] == 129 && b[3] == 16);

    // All public addresses are in 2000::/3, except 2001::/23 for protocols (such as Teredo, which embeds an address), and 2001:db8::/32 and 3fff::/20 for
    // documentation.
    private static bool IsGlobalUnicast(byte[] b) =>
        (b[0] & 0xE0) == 0x20
        && !(b[0] == 0x20 && b[1] == 0x01 && (b[2] is 0 or 1 || (b[2] == 0x0D && b[3] == 0xB8)))
        && !(b[0] == 0x3F && b[1] == 0xFF && b[2] < 0x10);

    // An IPv4 address can be embedded in an IPv6 address: mapped, NAT64 (64:ff9b::/96), 6to4 (2002::/16).
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
}
