using System.Buffers;
using System.Buffers.Text;
using System.Text;
using System.Text.Json;
using AtlasCloud.Json;
using AtlasCloud.Text;

namespace AtlasCloud.Journal;

/// <summary>
/// The members of one journal line at a time. A line is parsed in one pass without a document; values are read as <see cref="JsonElementExtensions"/> reads
/// them. Keeps the last text of each member, because most lines have the same few models, origins and machines. Not thread-safe.
/// </summary>
internal sealed class JournalMembers
{
    // An RFC 3339 time with its offset, which both parsers read alike: from 2026-01-01T00:00:00Z to seven decimals and +00:00.
    private const int MinTimeLength = 20;
    private const int MaxTimeLength = 33;

    private static readonly byte[][] s_names =
        [.. Enum.GetNames<JournalMember>().Select(n => Encoding.UTF8.GetBytes(JsonNamingPolicy.SnakeCaseLower.ConvertName(n)))];

    private static readonly SearchValues<char> s_hexDigits = SearchValues.Create("0123456789abcdef");

    private readonly Value[] _values = new Value[s_names.Length];
    private readonly LastText?[] _last = new LastText[s_names.Length];

    /// <summary>Parses a line. Its bytes have to be passed to the other methods until the next line is parsed.</summary>
    /// <exception cref="JsonException">The line is not valid JSON.</exception>
    internal void Parse(ReadOnlySpan<byte> line)
    {
        Array.Clear(_values);
        Utf8JsonReader reader = new(line);
        reader.Read();
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            reader.Skip();
        }
        else
        {
            int previous = -1;
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                int member = Find(ref reader, previous);
                reader.Read();
                (int start, JsonTokenType type) = ((int)reader.TokenStartIndex, reader.TokenType);
                bool isEscaped = reader.ValueIsEscaped;
                reader.Skip();
                if (member >= 0)
                {
                    // The last of several members with the same name counts, even if its value is null.
                    _values[member] = type == JsonTokenType.Null ? default : new Value(type, start, (int)reader.BytesConsumed, isEscaped);
                    previous = member;
                }
            }
        }

        // Throws if anything follows.
        reader.Read();
    }

    /// <summary>Returns the text of a member, as <see cref="JsonElementExtensions.Text"/>.</summary>
    internal string? Text(ReadOnlySpan<byte> line, JournalMember member) => FindLast(line, member)?.Text;

    /// <summary>Returns the same text of a member that differs in each line.</summary>
    internal string? UniqueText(ReadOnlySpan<byte> line, JournalMember member)
    {
        Value value = _values[(int)member];
        return value is { Type: JsonTokenType.String, IsEscaped: false } && GetContent(line, value) is var content && Ascii.IsValid(content)
            ? content.IsEmpty ? null : SafeText.StripControlCharacters(Encoding.ASCII.GetString(content))
            : Element(line, member)?.AsText();
    }

    /// <summary>Returns the sanitized text of a member; null if nothing is left of it.</summary>
    internal string? Sanitized(ReadOnlySpan<byte> line, JournalMember member, int length) =>
        FindLast(line, member) is { Text: not null } last && (last.Sanitized ??= SafeText.Sanitize(last.Text, length: length)) is { Length: > 0 } sanitized
            ? sanitized
            : null;

    /// <summary>Returns the digest of a member, in lower-case hexadecimal digits; null if it is not one.</summary>
    internal string? Digest(ReadOnlySpan<byte> line, JournalMember member) =>
        UniqueText(line, member) is { Length: DigestKey.Digits } digest && !digest.AsSpan().ContainsAnyExcept(s_hexDigits) ? digest : null;

    /// <summary>Returns the time of a member, as <see cref="JsonElementExtensions.AsTime"/>.</summary>
    internal DateTimeOffset? Time(ReadOnlySpan<byte> line, JournalMember member)
    {
        Value value = _values[(int)member];
        if (value is { Type: JsonTokenType.String, IsEscaped: false, Length: >= MinTimeLength + 2 and <= MaxTimeLength + 2 }
            && (line[value.End - 2] == 'Z' || line[value.End - 7] is (byte)'+' or (byte)'-'))
        {
            Utf8JsonReader reader = new(line[value.Start..value.End]);
            reader.Read();
            if (reader.TryGetDateTimeOffset(out DateTimeOffset time))
            {
                return time;
            }
        }

        return Element(line, member)?.AsTime();
    }

    /// <summary>Returns the integer of a member, as <see cref="JsonElementExtensions.AsInteger"/>.</summary>
    internal long? Integer(ReadOnlySpan<byte> line, JournalMember member)
    {
        Value value = _values[(int)member];
        return value.Type == JsonTokenType.Number && Utf8Parser.TryParse(line[value.Start..value.End], out long number, out int length) && length == value.Length
            ? number
            : Element(line, member)?.AsInteger();
    }

    /// <summary>Returns a member that few lines have, or whose value is rarely text; null if it is missing or null.</summary>
    internal JsonElement? Element(ReadOnlySpan<byte> line, JournalMember member)
    {
        Value value = _values[(int)member];
        if (value.Type == JsonTokenType.None)
        {
            return null;
        }

        Utf8JsonReader reader = new(line[value.Start..value.End]);
        return JsonElement.ParseValue(ref reader);
    }

    // Lines of this library have their members in the same order, so the next one is found after few comparisons.
    private static int Find(ref Utf8JsonReader reader, int previous)
    {
        ReadOnlySpan<byte> name = reader.ValueIsEscaped ? Unescape(ref reader) : reader.ValueSpan;
        for (int tried = 0, member = previous + 1; tried < s_names.Length; tried++, member++)
        {
            member = member < s_names.Length ? member : 0;
            if (name.SequenceEqual(s_names[member]))
            {
                return member;
            }
        }

        return -1;
    }

    private static byte[] Unescape(ref Utf8JsonReader reader)
    {
        try
        {
            return Encoding.UTF8.GetBytes(reader.GetString()!);
        }
        catch (InvalidOperationException)
        {
            // An escaped lone surrogate is valid JSON but not valid text.
            return [];
        }
    }

    private static ReadOnlySpan<byte> GetContent(ReadOnlySpan<byte> line, Value text) => line[(text.Start + 1)..(text.End - 1)];

    private LastText? FindLast(ReadOnlySpan<byte> line, JournalMember member)
    {
        Value value = _values[(int)member];
        if (value.Type == JsonTokenType.None)
        {
            return null;
        }

        ReadOnlySpan<byte> raw = line[value.Start..value.End];
        LastText? last = _last[(int)member];
        if (last is null || !raw.SequenceEqual(last.Raw))
        {
            last = new LastText(raw.ToArray(), UniqueText(line, member));
            _last[(int)member] = last;
        }

        return last;
    }

    /// <summary>Where the value of a member is.</summary>
    private readonly record struct Value(JsonTokenType Type, int Start, int End, bool IsEscaped)
    {
        internal int Length => End - Start;
    }

    /// <summary>The text of a value, and the sanitized text once it was needed.</summary>
    private sealed class LastText(byte[] raw, string? text)
    {
        internal byte[] Raw => raw;

        internal string? Text => text;

        internal string? Sanitized { get; set; }
    }
}
