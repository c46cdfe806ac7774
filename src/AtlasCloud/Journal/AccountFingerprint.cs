using System.Buffers;
using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;

namespace AtlasCloud.Journal;

/// <summary>
/// Recognizes the entries of an API key without containing the key: a random salt, and the keyed digest of the salt. Each client has its own salt, so that
/// two journals cannot be compared.
/// </summary>
internal sealed class AccountFingerprint
{
    private const int SaltDigits = 16;
    private const int DigestDigits = 32;

    private static readonly SearchValues<char> s_digits = SearchValues.Create("0123456789abcdef-");

    private readonly byte[]? _key;
    private readonly ConcurrentDictionary<string, string> _computed = new(StringComparer.Ordinal);

    internal AccountFingerprint(string? key)
    {
        _key = key is null ? null : Encoding.UTF8.GetBytes(key);
        Value = _key is null ? null : Compute(Convert.ToHexString(RandomNumberGenerator.GetBytes(SaltDigits / 2)).ToLowerInvariant());
    }

    /// <summary>The fingerprint for new entries; null without a key.</summary>
    internal string? Value { get; }

    /// <summary>Whether a text has the form of a fingerprint.</summary>
    internal static bool IsValid(string? text) =>
        text is { Length: SaltDigits + 1 + DigestDigits } && text[SaltDigits] == '-' && !text.AsSpan().ContainsAnyExcept(s_digits);

    /// <summary>Whether an entry was recorded with this key; null if that is unknown, because the entry has no fingerprint or the client no key.</summary>
    internal bool? Matches(string? recorded) => _key is null || !IsValid(recorded) ? null : Compute(recorded![..SaltDigits]) == recorded;

    private string Compute(string salt) => _computed.GetOrAdd(
        salt, s => $"{s}-{Convert.ToHexString(HMACSHA256.HashData(_key!, Encoding.ASCII.GetBytes(s)))[..DigestDigits].ToLowerInvariant()}");
}
