using System.Globalization;
using System.Numerics;
using AtlasCloud.Webhooks;

namespace AtlasCloud.Tests;

public sealed class Ed25519Tests
{
    private static readonly BigInteger s_order = BigInteger.Pow(2, 252) + BigInteger.Parse("27742317777372353535851937790883648493", CultureInfo.InvariantCulture);

    // RFC 8032, 7.1: TEST 1, 2, 3 and SHA(abc). TEST 1024 is in a file, since its message is long.
    public static TheoryData<string, string, string> Vectors => new()
    {
        {
            "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a", "",
            "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b"
        },
        {
            "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c", "72",
            "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00"
        },
        {
            "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025", "af82",
            "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a"
        },
        {
            "ec172b93ad5e563bf4932c70e1245034c35467ef2efd4d64ebf819683467e2bf",
            "ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a2192992a274fc1a836ba3c23a3feebbd454d4423643ce80e2a9ac94fa54ca49f",
            "dc2a4459e7369633a52b1bf277839a00201009a3efbf3ecb69bea2186c26b58909351fc9ac90b3ecfdfbc7c66431e0303dca179c138ac17ad9bef1177331a704"
        },
    };

    // The eight points of small order, and non-canonical encodings of some of them.
    public static TheoryData<string> SmallOrder =>
    [
        "0100000000000000000000000000000000000000000000000000000000000000",
        "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
        "0000000000000000000000000000000000000000000000000000000000000000",
        "0000000000000000000000000000000000000000000000000000000000000080",
        "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
        "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc85",
        "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
        "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac03fa",
        "0100000000000000000000000000000000000000000000000000000000000080",
        "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
        "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
        "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
        "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
    ];

    [Theory]
    [MemberData(nameof(Vectors))]
    public void Verify_accepts_the_vectors_of_the_standard(string key, string message, string signature) => Assert.True(Verify(key, message, signature));

    [Fact]
    public void Verify_accepts_the_long_vector_of_the_standard()
    {
        string[] lines = File.ReadAllLines(Path.Combine(AppContext.BaseDirectory, "Webhooks", "rfc8032-test-1024.txt"));

        Assert.Equal(1023 * 2, lines[1].Length);
        Assert.True(Verify(lines[0], lines[1], lines[2]));
    }

    [Theory]
    [MemberData(nameof(Vectors))]
    public void Verify_rejects_any_flipped_bit(string key, string message, string signature)
    {
        foreach (int part in Enumerable.Range(0, 3))
        {
            byte[][] parts = [Hex(key), Hex(message), Hex(signature)];
            foreach (int bit in TestForm.Sample(parts[part].Length * 8, 48))
            {
                parts[part][bit / 8] ^= (byte)(1 << (bit % 8));
                Assert.False(Ed25519.Verify(parts[0], parts[1], parts[2]), $"part {part}, bit {bit}");
                parts[part][bit / 8] ^= (byte)(1 << (bit % 8));
            }
        }
    }

    [Theory]
    [MemberData(nameof(Vectors))]
    public void Verify_rejects_other_forms_of_a_signature(string key, string message, string signature)
    {
        byte[] bytes = Hex(signature);
        for (BigInteger s = new BigInteger(bytes.AsSpan(32), isUnsigned: true) + s_order; s < BigInteger.Pow(2, 256); s += s_order)
        {
            byte[] scalar = s.ToByteArray(isUnsigned: true);
            byte[] other = [.. bytes[..32], .. scalar, .. new byte[32 - scalar.Length]];
            Assert.False(Ed25519.Verify(Hex(key), Hex(message), other));
        }
    }

    // With S = 0 and R = the neutral point, the equation holds for every message for which k is a multiple of the key's order.
    [Theory]
    [MemberData(nameof(SmallOrder))]
    public void Verify_rejects_a_key_of_small_order(string key)
    {
        foreach (string r in SmallOrder.Select(row => row.Data))
        {
            for (byte message = 0; message < 16; message++)
            {
                Assert.False(Ed25519.Verify(Hex(key), [message], [.. Hex(r), .. new byte[32]]));
            }
        }
    }

    // With the secret scalar a of TEST 1, S = k a is a signature whose R is of small order. Lenient implementations accept it.
    [Theory]
    [MemberData(nameof(SmallOrder))]
    public void Verify_rejects_an_R_of_small_order(string r)
    {
        byte[] secret = System.Security.Cryptography.SHA512.HashData(Hex("9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60"))[..32];
        secret[0] &= 0xF8;
        secret[31] = (byte)((secret[31] & 0x7F) | 0x40);
        byte[] key = Hex("d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a");
        byte[] message = [1, 2, 3];
        BigInteger k = new(System.Security.Cryptography.SHA512.HashData([.. Hex(r), .. key, .. message]), isUnsigned: true);
        byte[] s = (k * new BigInteger(secret, isUnsigned: true) % s_order).ToByteArray(isUnsigned: true);

        Assert.False(Ed25519.Verify(key, message, [.. Hex(r), .. s, .. new byte[32 - s.Length]]));
    }

    [Fact]
    public void Verify_rejects_a_key_that_is_not_a_point() =>
        Assert.False(Verify("0200000000000000000000000000000000000000000000000000000000000000", "72", "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00"));

    [Theory]
    [InlineData(0, 64)]
    [InlineData(31, 64)]
    [InlineData(33, 64)]
    [InlineData(32, 0)]
    [InlineData(32, 63)]
    [InlineData(32, 65)]
    public void Verify_rejects_wrong_lengths(int key, int signature) =>
        Assert.False(Ed25519.Verify(new byte[key], [1], new byte[signature]));

    private static bool Verify(string key, string message, string signature) => Ed25519.Verify(Hex(key), Hex(message), Hex(signature));

    private static byte[] Hex(string text) => Convert.FromHexString(text);
}
