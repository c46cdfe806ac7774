using System.Security.Cryptography;

namespace AtlasCloud.Outputs;

/// <summary>Adds up bytes as they pass by.</summary>
internal sealed class Checksums : IDisposable
{
    private readonly IncrementalHash _sha256 = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly IncrementalHash? _md5 = Md5();
    private byte[]? _sum;

    internal void Add(ReadOnlySpan<byte> bytes)
    {
        _sha256.AppendData(bytes);
        _md5?.AppendData(bytes);
    }

    internal void Reset()
    {
        _sha256.GetHashAndReset();
        _md5?.GetHashAndReset();
        _sum = null;
    }

    /// <summary>The SHA-256 of everything, in lower-case hexadecimal.</summary>
    internal string Sha256() => Convert.ToHexString(_sum ??= _sha256.GetHashAndReset()).ToLowerInvariant();

    internal bool Fit(AnnouncedDigests announced) =>
        (announced.Sha256 is null || (_sum ??= _sha256.GetHashAndReset()).AsSpan().SequenceEqual(announced.Sha256))
        && (announced.Md5 is null || _md5 is null || _md5.GetHashAndReset().AsSpan().SequenceEqual(announced.Md5));

    public void Dispose()
    {
        _sha256.Dispose();
        _md5?.Dispose();
    }

    // For Content-MD5, which finds damage and is no protection. A system that allows no MD5 does without.
    private static IncrementalHash? Md5()
    {
        try
        {
            return IncrementalHash.CreateHash(HashAlgorithmName.MD5);
        }
        catch (Exception exception) when (exception is CryptographicException or PlatformNotSupportedException)
        {
            return null;
        }
    }
}
