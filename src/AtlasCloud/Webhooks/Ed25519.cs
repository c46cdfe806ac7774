using System.Numerics;
using System.Security.Cryptography;

namespace AtlasCloud.Webhooks;

/// <summary>Verifies Ed25519 signatures as RFC 8032 defines them.</summary>
/// <remarks>
/// Not a library: .NET 8 has no Ed25519, and the packages that have it bring native binaries or a whole cryptography suite into the module
/// for one verification. Verifying handles no secret, so no operation has to run in constant time. The cofactorless equation is checked: R is
/// recomputed as [S]B - [k]A and compared bytewise, which RFC 8032 allows and which accepts fewer signatures. Inputs by which one message
/// could have two signatures, or one signature fit several messages or keys, are rejected: S of L or more, non-canonical encodings, and
/// keys or R of small order.
/// </remarks>
internal static class Ed25519
{
    internal const int KeyLength = 32;
    internal const int SignatureLength = 64;

    private static readonly BigInteger s_order = BigInteger.Pow(2, 252) + BigInteger.Parse("27742317777372353535851937790883648493", null);
    private static readonly BigInteger s_prime = BigInteger.Pow(2, 255) - 19;
    private static readonly byte[] s_inverseExponent = ToBytes(s_prime - 2);
    private static readonly byte[] s_rootExponent = ToBytes((s_prime - 5) / 8);

    // Computed from their definitions, since a wrong digit in a constant would be hard to notice.
    private static readonly Field s_rootOfMinusOne = Field.Small(2).Power(ToBytes((s_prime - 1) / 4));
    private static readonly Field s_d = (Field.Zero - Field.Small(121665)) * Field.Small(121666).Power(s_inverseExponent);
    private static readonly Field s_twoD = s_d + s_d;
    private static readonly Point s_base = Point.Decode((Field.Small(4) * Field.Small(5).Power(s_inverseExponent)).Encode())!.Value;

    /// <summary>Returns whether the signature of the message was made with the key. False for wrong lengths.</summary>
    internal static bool Verify(ReadOnlySpan<byte> publicKey, ReadOnlySpan<byte> message, ReadOnlySpan<byte> signature)
    {
        if (publicKey.Length != KeyLength || signature.Length != SignatureLength || !IsBelowOrder(signature[32..])
            || Point.Decode(publicKey) is not Point key || key.IsOfSmallOrder)
        {
            return false;
        }

        Point computed = Sum(signature[32..], ComputeChallenge(signature[..32], publicKey, message), key.Negated());
        return computed.Encode().AsSpan().SequenceEqual(signature[..32]) && !computed.IsOfSmallOrder;
    }

    private static bool IsBelowOrder(ReadOnlySpan<byte> scalar) => new BigInteger(scalar, isUnsigned: true) < s_order;

    private static byte[] ComputeChallenge(ReadOnlySpan<byte> r, ReadOnlySpan<byte> key, ReadOnlySpan<byte> message)
    {
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA512);
        hash.AppendData(r);
        hash.AppendData(key);
        hash.AppendData(message);
        return ToBytes(new BigInteger(hash.GetHashAndReset(), isUnsigned: true) % s_order);
    }

    /// <summary>Computes [s]B + [k]P, sharing the doublings.</summary>
    private static Point Sum(ReadOnlySpan<byte> s, ReadOnlySpan<byte> k, Point point)
    {
        Point both = s_base + point;
        Point sum = Point.Neutral;
        for (int i = 255; i >= 0; i--)
        {
            sum = sum.Doubled();
            sum = (IsBitSet(s, i), IsBitSet(k, i)) switch
            {
                (true, true) => sum + both,
                (true, false) => sum + s_base,
                (false, true) => sum + point,
                _ => sum,
            };
        }

        return sum;
    }

    private static bool IsBitSet(ReadOnlySpan<byte> number, int index) => ((number[index / 8] >> (index % 8)) & 1) == 1;

    private static byte[] ToBytes(BigInteger number)
    {
        byte[] bytes = new byte[32];
        return number.TryWriteBytes(bytes, out _, isUnsigned: true) ? bytes : throw new ArgumentOutOfRangeException(nameof(number));
    }

    /// <summary>A number modulo 2^255 - 19, in five limbs of 51 bits each. Every operation leaves each limb at most a few bits longer.</summary>
    private readonly struct Field
    {
        private const int LimbBits = 51;
        private const ulong Mask = (1UL << LimbBits) - 1;

        internal static readonly Field Zero = Small(0);
        internal static readonly Field One = Small(1);

        private readonly ulong _a, _b, _c, _d, _e;

        private Field(ulong a, ulong b, ulong c, ulong d, ulong e) => (_a, _b, _c, _d, _e) = (a, b, c, d, e);

        internal static Field Small(ulong value) => new(value, 0, 0, 0, 0);

        /// <summary>Reads 255 bits and ignores the highest one.</summary>
        internal static Field Decode(ReadOnlySpan<byte> bytes)
        {
            BigInteger number = new(bytes, isUnsigned: true);
            return new(Limb(number, 0), Limb(number, 1), Limb(number, 2), Limb(number, 3), Limb(number, 4));
        }

        private static ulong Limb(BigInteger number, int index) => (ulong)((number >> (LimbBits * index)) & Mask);

        public static Field operator +(Field x, Field y) => Carry(x._a + y._a, x._b + y._b, x._c + y._c, x._d + y._d, x._e + y._e);

        // Adds four times the prime first, so that no limb becomes negative.
        public static Field operator -(Field x, Field y) => Carry(
            x._a + (4 * (Mask - 18)) - y._a, x._b + (4 * Mask) - y._b, x._c + (4 * Mask) - y._c, x._d + (4 * Mask) - y._d, x._e + (4 * Mask) - y._e);

        // The part above 2^255 is reduced by multiplying it by 19.
        public static Field operator *(Field x, Field y)
        {
            ulong b = y._b * 19, c = y._c * 19, d = y._d * 19, e = y._e * 19;
            UInt128 r0 = Product(x._a, y._a) + Product(x._b, e) + Product(x._c, d) + Product(x._d, c) + Product(x._e, b);
            UInt128 r1 = Product(x._a, y._b) + Product(x._b, y._a) + Product(x._c, e) + Product(x._d, d) + Product(x._e, c);
            UInt128 r2 = Product(x._a, y._c) + Product(x._b, y._b) + Product(x._c, y._a) + Product(x._d, e) + Product(x._e, d);
            UInt128 r3 = Product(x._a, y._d) + Product(x._b, y._c) + Product(x._c, y._b) + Product(x._d, y._a) + Product(x._e, e);
            UInt128 r4 = Product(x._a, y._e) + Product(x._b, y._d) + Product(x._c, y._c) + Product(x._d, y._b) + Product(x._e, y._a);
            r1 += r0 >> LimbBits;
            r2 += r1 >> LimbBits;
            r3 += r2 >> LimbBits;
            r4 += r3 >> LimbBits;
            return Carry(
                ((ulong)r0 & Mask) + (19 * (ulong)(r4 >> LimbBits)), (ulong)r1 & Mask, (ulong)r2 & Mask, (ulong)r3 & Mask, (ulong)r4 & Mask);
        }

        internal Field Power(byte[] exponent)
        {
            Field result = One;
            for (int i = 255; i >= 0; i--)
            {
                result *= result;
                result = IsBitSet(exponent, i) ? result * this : result;
            }

            return result;
        }

        internal bool Equals(Field other) => Encode().AsSpan().SequenceEqual(other.Encode());

        /// <summary>Returns the canonical encoding.</summary>
        internal byte[] Encode()
        {
            BigInteger number = _a + ((BigInteger)_b << LimbBits) + ((BigInteger)_c << (2 * LimbBits)) + ((BigInteger)_d << (3 * LimbBits)) + ((BigInteger)_e << (4 * LimbBits));
            return ToBytes(number % s_prime);
        }

        private static UInt128 Product(ulong x, ulong y) => new(Math.BigMul(x, y, out ulong low), low);

        private static Field Carry(ulong a, ulong b, ulong c, ulong d, ulong e) => new(
            (a & Mask) + (19 * (e >> LimbBits)),
            (b & Mask) + (a >> LimbBits),
            (c & Mask) + (b >> LimbBits),
            (d & Mask) + (c >> LimbBits),
            (e & Mask) + (d >> LimbBits));
    }

    /// <summary>A point of the curve in the extended coordinates of RFC 8032, 5.1.4: x = X/Z, y = Y/Z, x*y = T/Z.</summary>
    private readonly struct Point
    {
        internal static readonly Point Neutral = new(Field.Zero, Field.One, Field.One, Field.Zero);

        private readonly Field _x, _y, _z, _t;

        private Point(Field x, Field y, Field z, Field t) => (_x, _y, _z, _t) = (x, y, z, t);

        /// <summary>True if eight times the point is the neutral point, so that it lies outside the prime-order group.</summary>
        internal bool IsOfSmallOrder
        {
            get
            {
                Point eight = Doubled().Doubled().Doubled();
                return eight._x.Equals(Field.Zero) && eight._y.Equals(eight._z);
            }
        }

        // The formulas are complete: they also hold for equal points and for the neutral point.
        public static Point operator +(Point p, Point q)
        {
            Field a = (p._y - p._x) * (q._y - q._x);
            Field b = (p._y + p._x) * (q._y + q._x);
            Field c = p._t * s_twoD * q._t;
            Field d = (p._z + p._z) * q._z;
            Field e = b - a, f = d - c, g = d + c, h = b + a;
            return new(e * f, g * h, f * g, e * h);
        }

        /// <summary>Reads a point; null if the bytes are not the canonical encoding of one.</summary>
        internal static Point? Decode(ReadOnlySpan<byte> bytes)
        {
            bool isOdd = bytes[31] >> 7 == 1;
            byte[] withoutSign = bytes.ToArray();
            withoutSign[31] &= 0x7F;
            Field y = Field.Decode(withoutSign);
            if (!y.Encode().AsSpan().SequenceEqual(withoutSign))
            {
                return null;
            }

            // x^2 = u/v; the root is u v^3 (u v^7)^((p-5)/8), or that times the root of -1 (RFC 8032, 5.1.3).
            Field u = (y * y) - Field.One;
            Field v = (s_d * y * y) + Field.One;
            Field v3 = v * v * v;
            Field x = u * v3 * (u * v3 * v3 * v).Power(s_rootExponent);
            Field found = v * x * x;
            if (!found.Equals(u))
            {
                if (!found.Equals(Field.Zero - u))
                {
                    return null;
                }

                x *= s_rootOfMinusOne;
            }

            byte[] root = x.Encode();
            if (isOdd && x.Equals(Field.Zero))
            {
                return null;
            }

            x = (root[0] & 1) == 1 == isOdd ? x : Field.Zero - x;
            return new Point(x, y, Field.One, x * y);
        }

        internal Point Doubled()
        {
            Field a = _x * _x, b = _y * _y, c = _z * _z;
            Field h = a + b, sum = _x + _y;
            Field e = h - (sum * sum), g = a - b, f = c + c + g;
            return new(e * f, g * h, f * g, e * h);
        }

        internal Point Negated() => new(Field.Zero - _x, _y, _z, Field.Zero - _t);

        internal byte[] Encode()
        {
            Field inverse = _z.Power(s_inverseExponent);
            byte[] bytes = (_y * inverse).Encode();
            bytes[31] |= (byte)((_x * inverse).Encode()[0] << 7);
            return bytes;
        }
    }
}
