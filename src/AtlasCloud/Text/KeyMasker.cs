using System.Buffers;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;

namespace AtlasCloud.Text;

/// <summary>
/// Masks the API key wherever a server repeats it, in JSON as well as in plain text: also in another case, escaped, percent-encoded, or with invisible
/// characters inside, because readers decode and remove all of these later. JSON stays valid.
/// </summary>
internal static class KeyMasker
{
    /// <summary>The minimum length of a key that is masked in data. A shorter one would be part of ordinary words.</summary>
    internal const int MinKeyLength = 8;

    private const int Invisible = -1;
    private const int Other = -2;

    /// <summary>Returns UTF-8 text with each occurrence of the key replaced; the same array if there is none.</summary>
    internal static byte[] Mask(byte[] text, string? key)
    {
        if (key is not { Length: >= MinKeyLength } || text.Length < key.Length)
        {
            return text;
        }

        ReadOnlySpan<byte> starts = StartsOf(key);
        ArrayBufferWriter<byte>? masked = null;
        int copied = 0;
        int at = 0;
        for (int next; (next = text.AsSpan(at).IndexOfAny(starts)) >= 0;)
        {
            int start = at + next;
            (int end, _) = FindEnd(text, start, key);
            if (end >= 0)
            {
                masked ??= new ArrayBufferWriter<byte>(text.Length);
                masked.Write(text.AsSpan(copied, start - copied));
                masked.Write("***"u8);
                copied = end;
            }

            at = end >= 0 ? end : start + Read(text.AsSpan(start)).Length;
        }

        masked?.Write(text.AsSpan(copied));
        return masked?.WrittenSpan.ToArray() ?? text;
    }

    /// <summary>Returns text with each occurrence of the key replaced; the same text if there is none.</summary>
    internal static string Mask(string text, string? key)
    {
        if (key is not { Length: >= MinKeyLength } || text.Length < key.Length)
        {
            return text;
        }

        byte[] bytes = Encoding.UTF8.GetBytes(text);
        byte[] masked = Mask(bytes, key);
        return ReferenceEquals(masked, bytes) ? text : Encoding.UTF8.GetString(masked);
    }

    /// <summary>Whether the key occurs in UTF-8 text.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static bool Occurs(ReadOnlySpan<byte> text, string? key)
    {
        if (key is not { Length: >= MinKeyLength } || text.Length < key.Length)
        {
            return false;
        }

        (byte lower, byte upper) = ((byte)char.ToLowerInvariant(key[0]), (byte)char.ToUpperInvariant(key[0]));
        (byte lowerSecond, byte upperSecond) = ((byte)char.ToLowerInvariant(key[1]), (byte)char.ToUpperInvariant(key[1]));
        ReadOnlySpan<byte> starts = [lower, upper, (byte)'\\', (byte)'%'];
        for (int at = 0, next; (next = text[at..].IndexOfAny(starts)) >= 0;)
        {
            int start = at + next;
            byte second = start + 1 < text.Length ? text[start + 1] : (byte)0;

            // Most places are ruled out by the next letter, unless it can be an escape or invisible.
            bool isRuledOut = (text[start] == lower || text[start] == upper) && char.IsAsciiLetterOrDigit((char)second) && second != lowerSecond && second != upperSecond;
            if (!isRuledOut && FindEnd(text, start, key).End >= 0)
            {
                return true;
            }

            at = isRuledOut ? start + 1 : start + Read(text[start..]).Length;
        }

        return false;
    }

    /// <summary>Whether a part of text can be the start of the key, also escaped.</summary>
    internal static bool CanStart(string text, string key) =>
        text.AsSpan().IndexOfAny([char.ToLowerInvariant(key[0]), char.ToUpperInvariant(key[0]), '\\', '%']) >= 0;

    /// <summary>Finds the first place where text ends within the key.</summary>
    /// <returns>Its index, and how many characters of the key are there; -1 and 0 if there is none.</returns>
    internal static (int Start, int Matched) FindPartial(string text, string key)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        ReadOnlySpan<byte> starts = StartsOf(key);
        for (int at = 0, next; (next = bytes.AsSpan(at).IndexOfAny(starts)) >= 0;)
        {
            int start = at + next;
            (int end, int matched) = FindEnd(bytes, start, key);
            if (end < 0 && matched > 0)
            {
                return (Encoding.UTF8.GetCharCount(bytes, 0, start), matched);
            }

            at = start + Read(bytes.AsSpan(start)).Length;
        }

        return (-1, 0);
    }

    private static byte[] StartsOf(string key) => [(byte)char.ToLowerInvariant(key[0]), (byte)char.ToUpperInvariant(key[0]), (byte)'\\', (byte)'%'];

    // The end of the key if it starts here; otherwise -1, and how many of its characters were found if the text ended within it.
    private static (int End, int Matched) FindEnd(ReadOnlySpan<byte> text, int start, string key)
    {
        int matched = 0;
        for (int at = start; at < text.Length;)
        {
            (int value, int length) = Read(text[at..]);
            if (value != char.ToLowerInvariant(key[matched]) && (value != Invisible || matched == 0))
            {
                return (-1, 0);
            }

            at += length;
            if (value != Invisible && ++matched == key.Length)
            {
                return (at, matched);
            }
        }

        return (-1, matched);
    }

    /// <summary>Reads the next character, which can be escaped: its value in lower case, and the number of bytes.</summary>
    private static (int Value, int Length) Read(ReadOnlySpan<byte> text) => text[0] switch
    {
        (byte)'\\' => ReadEscape(text),
        (byte)'%' => ReadPercent(text),
        // Outside of an escape it ends a JSON string.
        (byte)'"' => (Other, 1),
        < 0x80 => (Classify(new Rune((char)text[0])), 1),
        _ => Rune.DecodeFromUtf8(text, out Rune rune, out int length) == OperationStatus.Done ? (Classify(rune), length) : (Invisible, Math.Max(1, length)),
    };

    // JSON inside a JSON string doubles its backslashes, so a code can follow any number of them.
    private static (int Value, int Length) ReadEscape(ReadOnlySpan<byte> text)
    {
        int slashes = text.IndexOfAnyExcept((byte)'\\');
        if (slashes < 0)
        {
            return ('\\', text.Length);
        }

        if (text.Length >= slashes + 5 && text[slashes] == 'u' && ReadHex(text.Slice(slashes + 1, 4)) is int code)
        {
            return (char.IsSurrogate((char)code) ? Invisible : Classify(new Rune((char)code)), slashes + 5);
        }

        return slashes % 2 == 0 ? ('\\', slashes)
            : text[slashes] is (byte)'n' or (byte)'r' or (byte)'t' or (byte)'b' or (byte)'f' ? (Invisible, slashes + 1)
            : text[slashes] < 0x80 ? (char.ToLowerInvariant((char)text[slashes]), slashes + 1)
            : (Other, slashes);
    }

    // Percent signs can themselves be encoded, any number of times.
    private static (int Value, int Length) ReadPercent(ReadOnlySpan<byte> text)
    {
        int digits = 1;
        while (text[digits..].StartsWith("25"u8) && text.Length >= digits + 4 && ReadHex(text.Slice(digits + 2, 2)) is not null)
        {
            digits += 2;
        }

        return text.Length < digits + 2 || ReadHex(text.Slice(digits, 2)) is not int code ? ('%', 1)
            : code < 0x80 ? (Classify(new Rune((char)code)), digits + 2)
            : (Invisible, digits + 2);
    }

    private static int? ReadHex(ReadOnlySpan<byte> digits)
    {
        int value = 0;
        foreach (byte digit in digits)
        {
            if (!char.IsAsciiHexDigit((char)digit))
            {
                return null;
            }

            value = (value * 16) + Convert.ToInt32(((char)digit).ToString(), 16);
        }

        return value;
    }

    private static int Classify(Rune rune) => IsInvisible(rune) ? Invisible : Rune.ToLowerInvariant(rune).Value;

    private static bool IsInvisible(Rune rune) =>
        Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark
            or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator or UnicodeCategory.OtherNotAssigned
        // Hangul fillers are letters without a glyph.
        || rune.Value is 0x115F or 0x1160 or 0x3164 or 0xFFA0 or 0xFFFD;
}
