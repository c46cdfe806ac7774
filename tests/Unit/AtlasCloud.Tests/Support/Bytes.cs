using System.Text;

namespace AtlasCloud.Tests;

/// <summary>The first bytes of files, enough to recognize their formats.</summary>
internal static class Bytes
{
    /// <summary>A complete image of one pixel.</summary>
    internal static readonly byte[] Png = Convert.FromBase64String(
        "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==");

    internal static readonly byte[] Html = Encoding.UTF8.GetBytes("\r\n<!DOCTYPE html><html><title>Sign in</title></html>");

    /// <summary>Returns bytes from hexadecimal digits, padded with zeros to the length of a file header.</summary>
    internal static byte[] Hex(string digits)
    {
        byte[] head = new byte[64];
        Convert.FromHexString(digits.Replace(" ", "", StringComparison.Ordinal)).CopyTo(head, 0);
        return head;
    }

    /// <summary>Returns a file of the given length with the header of a PNG.</summary>
    internal static byte[] LargePng(int length)
    {
        byte[] content = new byte[length];
        Png.CopyTo(content, 0);
        return content;
    }
}
