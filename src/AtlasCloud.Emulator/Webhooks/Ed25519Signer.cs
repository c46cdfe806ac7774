using System.Numerics;
using System.Security.Cryptography;

namespace AtlasCloud.Emulation.Webhooks;

/// <summary>
/// Ed25519 signatures (RFC 8032, section 5.1.6). The arithmetic is not constant-time and would leak the secret: use it only for
/// the emulator's public test key.
/// </summary>
internal sealed class Ed25519Signer
{
    private static readonly BigInteger s_prime = BigInteger.Pow(2, 255) - 19;
    private static readonly BigInteger s_order = BigInteger.Pow(2, 252) + BigInteger.Parse("27742317777372353535851937790883648493", null);
    private static readonly BigInteger s_d = Mod(-121665 * Inverse(121666));
    private static readonly (BigInteger X, BigInteger Y, BigInteger Z) s_base = Base();

    private readonly BigInteger _scalar;
    private readonly byte[] _prefix;

    internal Ed25519Signer(byte[] seed)
    {
        byte[] hash = SHA512.HashData(seed);
        hash[0] &= 0xF8;
        hash[31] = (byte)((hash[31] & 0x7F) | 0x40);
        _scalar = new BigInteger(hash.AsSpan(0, 32), isUnsigned: true);
        _prefix = hash[32..];
        PublicKey = Encode(_scalar);
    }

    internal byte[] PublicKey { get; }

    internal byte[] Sign(byte[] message)
    {
        BigInteger r = Hash([.. _prefix, .. message]);
        byte[] point = Encode(r);
        BigInteger s = (r + (Hash([.. point, .. PublicKey, .. message]) * _scalar)) % s_order;
        return [.. point, .. Bytes(s)];
    }

    private static BigInteger Hash(byte[] bytes) => new BigInteger(SHA512.HashData(bytes), isUnsigned: true) % s_order;

    /// <summary>Encodes a multiple of the base point.</summary>
    private static byte[] Encode(BigInteger multiple)
    {
        (BigInteger X, BigInteger Y, BigInteger Z) sum = (0, 1, 1);
        for (int i = 255; i >= 0; i--)
        {
            sum = Add(sum, sum);
            sum = ((multiple >> i) & 1).IsOne ? Add(sum, s_base) : sum;
        }

        BigInteger inverse = Inverse(sum.Z);
        byte[] bytes = Bytes(Mod(sum.Y * inverse));
        bytes[31] |= Mod(sum.X * inverse).IsEven ? (byte)0 : (byte)0x80;
        return bytes;
    }

    // Addition in projective coordinates. The formula is complete, so it also doubles points.
    private static (BigInteger X, BigInteger Y, BigInteger Z) Add((BigInteger X, BigInteger Y, BigInteger Z) p, (BigInteger X, BigInteger Y, BigInteger Z) q)
    {
        BigInteger a = Mod(p.Z * q.Z), b = Mod(a * a), c = Mod(p.X * q.X), d = Mod(p.Y * q.Y);
        BigInteger e = Mod(s_d * Mod(c * d)), f = b - e, g = b + e;
        return (Mod(a * Mod(f * (((p.X + p.Y) * (q.X + q.Y)) - c - d))), Mod(a * Mod(g * (d + c))), Mod(f * g));
    }

    // y = 4/5; x is the even one of the two solutions.
    private static (BigInteger X, BigInteger Y, BigInteger Z) Base()
    {
        BigInteger y = Mod(4 * Inverse(5));
        BigInteger square = Mod(((y * y) - 1) * Inverse((s_d * y * y) + 1));
        BigInteger x = BigInteger.ModPow(square, (s_prime + 3) / 8, s_prime);
        x = Mod(x * x) == square ? x : Mod(x * BigInteger.ModPow(2, (s_prime - 1) / 4, s_prime));
        return (x.IsEven ? x : s_prime - x, y, 1);
    }

    private static BigInteger Inverse(BigInteger number) => BigInteger.ModPow(Mod(number), s_prime - 2, s_prime);

    private static BigInteger Mod(BigInteger number) => ((number % s_prime) + s_prime) % s_prime;

    private static byte[] Bytes(BigInteger number)
    {
        byte[] bytes = new byte[32];
        number.TryWriteBytes(bytes, out _, isUnsigned: true);
        return bytes;
    }
}
