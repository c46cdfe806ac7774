using System.Buffers.Text;
using System.Text;

namespace AtlasCloud.Journal;

/// <summary>A digest as a value of fixed size, so that an index of a hundred thousand digests allocates no strings.</summary>
internal readonly record struct DigestKey(ulong A, ulong B, ulong C, ulong D)
{
    /// <summary>The length of a digest in hexadecimal digits.</summary>
    internal const int Digits = 64;

    private const int PartDigits = Digits / 4;

    /// <summary>Converts a digest; null if it is not valid.</summary>
    internal static DigestKey? Parse(string digest) => Parse(Encoding.ASCII.GetBytes(digest));

    /// <inheritdoc cref="Parse(string)"/>
    internal static DigestKey? Parse(ReadOnlySpan<byte> digest) =>
        digest.Length == Digits && ParsePart(digest) is ulong a && ParsePart(digest[PartDigits..]) is ulong b
        && ParsePart(digest[(2 * PartDigits)..]) is ulong c && ParsePart(digest[(3 * PartDigits)..]) is ulong d
            ? new DigestKey(a, b, c, d)
            : null;

    private static ulong? ParsePart(ReadOnlySpan<byte> digits) =>
        Utf8Parser.TryParse(digits[..PartDigits], out ulong part, out int count, 'x') && count == PartDigits ? part : null;
}
