using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace AtlasCloud.Emulation.Account;

/// <summary>An opaque cursor for a page of results.</summary>
internal static class BillingCursor
{
    internal static string Write(int offset, string query)
    {
        string number = offset.ToString(CultureInfo.InvariantCulture);
        return Convert.ToHexString(Encoding.UTF8.GetBytes($"{number}:{Checksum(number, query)}")).ToLowerInvariant();
    }

    /// <summary>The index of the first row of the page; null if the cursor was not issued for this query.</summary>
    internal static int? Read(string cursor, string query)
    {
        try
        {
            string[] parts = Encoding.UTF8.GetString(Convert.FromHexString(cursor)).Split(':');
            return parts.Length == 2
                && int.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out int offset)
                && parts[1] == Checksum(parts[0], query)
                ? offset
                : null;
        }
        catch (FormatException)
        {
            return null;
        }
    }

    private static string Checksum(string number, string query) =>
        Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes($"{number}:{query}")), 0, 4);
}
