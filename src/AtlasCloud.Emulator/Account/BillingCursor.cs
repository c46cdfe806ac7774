using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace AtlasCloud.Emulation.Account;

/// <summary>The name of a page. Nobody is meant to read it or to make one up.</summary>
internal static class BillingCursor
{
    internal static string Write(int offset, string question)
    {
        string number = offset.ToString(CultureInfo.InvariantCulture);
        return Convert.ToHexString(Encoding.UTF8.GetBytes($"{number}:{Mark(number, question)}")).ToLowerInvariant();
    }

    /// <summary>The row that the page begins with; null where it is no page of this question.</summary>
    internal static int? Read(string cursor, string question)
    {
        try
        {
            string[] parts = Encoding.UTF8.GetString(Convert.FromHexString(cursor)).Split(':');
            return parts.Length == 2
                && int.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out int offset)
                && parts[1] == Mark(parts[0], question)
                ? offset
                : null;
        }
        catch (FormatException)
        {
            return null;
        }
    }

    private static string Mark(string number, string question) =>
        Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes($"{number}:{question}")), 0, 4);
}
