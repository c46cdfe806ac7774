using System.Text;

namespace AtlasCloud.Tests;

/// <summary>The first bytes of real files, as long as their formats need.</summary>
internal static class Bytes
{
    /// <summary>A whole picture of one pixel.</summary>
    internal static readonly byte[] Png = Convert.FromBase64String(
        "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==");

    internal static readonly byte[] Html = Encoding.UTF8.GetBytes("\r\n<!DOCTYPE html><html><title>Sign in</title></html>");

    /// <summary>Bytes from hexadecimal digits, filled up with zeros to the length of a head.</summary>
    internal static byte[] Hex(string digits)
    {
        byte[] head = new byte[64];
        Convert.FromHexString(digits.Replace(" ", "", StringComparison.Ordinal)).CopyTo(head, 0);
        return head;
    }

    /// <summary>As many bytes as wanted, behind the head of a PNG.</summary>
    internal static byte[] LargePng(int length)
    {
        byte[] content = new byte[length];
        Png.CopyTo(content, 0);
        return content;
    }
}
