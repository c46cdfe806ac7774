using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace AtlasCloud.Emulation.Account;

/// <summary>The name of a page. Nobody is meant to read it or to make one up.</summary>
internal static class BillingCursor
{
    internal static string Write(int offset, string query)
    {
        string number = offset.ToString(CultureInfo.InvariantCulture);
        return Convert.ToHexString(Encoding.UTF8.GetBytes($"{number}:{Checksum(number, query)}")).ToLowerInvariant();
    }

    /// <summary>The row that the page begins with; null where it is no page of this question.</summary>
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
