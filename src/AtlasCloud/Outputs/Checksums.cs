using System.Security.Cryptography;

namespace AtlasCloud.Outputs;

/// <summary>Computes the SHA-256 and MD5 of a file while it is written.</summary>
internal sealed class Checksums : IDisposable
{
    private readonly IncrementalHash _sha256 = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly IncrementalHash? _md5 = CreateMd5();
    private byte[]? _sha256Digest;

    internal void Add(ReadOnlySpan<byte> bytes)
    {
        _sha256.AppendData(bytes);
        _md5?.AppendData(bytes);
    }

    internal void Reset()
    {
        _sha256.GetHashAndReset();
        _md5?.GetHashAndReset();
        _sha256Digest = null;
    }

    /// <summary>Returns the SHA-256 of all bytes in lower-case hexadecimal.</summary>
    internal string GetSha256() => Convert.ToHexString(_sha256Digest ??= _sha256.GetHashAndReset()).ToLowerInvariant();

    /// <summary>Whether the bytes match the announced digests. Can be called once, when all bytes have been added.</summary>
    internal bool Matches(AnnouncedDigests announced) =>
        (announced.Sha256 is null || (_sha256Digest ??= _sha256.GetHashAndReset()).AsSpan().SequenceEqual(announced.Sha256))
        && (announced.Md5 is null || _md5 is null || _md5.GetHashAndReset().AsSpan().SequenceEqual(announced.Md5));

    public void Dispose()
    {
        _sha256.Dispose();
        _md5?.Dispose();
    }

    // For Content-MD5, which detects damage and is not used for security. Null on systems that do not allow MD5.
    private static IncrementalHash? CreateMd5()
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
