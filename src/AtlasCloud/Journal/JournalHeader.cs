using System.Text;
using System.Text.Json;
using System.Text.Unicode;

namespace AtlasCloud.Journal;

/// <summary>What must be known of a line to tell which entries are open: which entry it belongs to and what it says.</summary>
internal readonly record struct JournalHeader(JournalEvent Event, JournalKey Key)
{
    private static readonly (byte[] Word, JournalEvent Event)[] s_words =
        [.. Enum.GetValues<JournalEvent>().Where(e => e != JournalEvent.Other).Select(e => (Encoding.UTF8.GetBytes(WordOf(e)), e))];

    private static ReadOnlySpan<byte> Begin => "{\"event\":\""u8;

    private static ReadOnlySpan<byte> Between => "\",\"entry\":\""u8;

    internal static string WordOf(JournalEvent line) => line.ToString().ToLowerInvariant();

    /// <summary>Reads a line without its end; null where it is damaged.</summary>
    internal static JournalHeader? Read(ReadOnlySpan<byte> line)
    {
        // An editor may have saved it with other line ends.
        line = line.TrimEnd((byte)'\r');

        // Most damage shows here already, without an exception for each line.
        if (line.Length < 2 || line[0] != '{' || line[^1] != '}' || !Utf8.IsValid(line))
        {
            return null;
        }

        return ReadAsWritten(line) ?? ReadAny(line);
    }

    // A line as we write it tells what it is in its first bytes. To be taken at that it must be whole: a cut line has no end, one that
    // ran into the next begins twice, and what was never written to disk is zeros.
    private static JournalHeader? ReadAsWritten(ReadOnlySpan<byte> line)
    {
        if (!line.StartsWith(Begin))
        {
            return null;
        }

        ReadOnlySpan<byte> rest = line[Begin.Length..];
        int end = rest.IndexOf((byte)'"');
        ReadOnlySpan<byte> word = end < 0 ? default : rest[..end];
        if (end < 0 || !rest[end..].StartsWith(Between))
        {
            return null;
        }

        rest = rest[(end + Between.Length)..];
        end = rest.IndexOf((byte)'"');
        if (end < 0 || JournalKey.Of(rest[..end]) is not JournalKey key || EventOf(word) is not (not JournalEvent.Other and JournalEvent found))
        {
            return null;
        }

        rest = rest[(end + 1)..];
        bool isWhole = rest[0] == ',' && rest.IndexOf(Begin) < 0 && rest.IndexOfAnyInRange((byte)0, (byte)0x1F) < 0;
        return isWhole ? new JournalHeader(found, key) : null;
    }

    // What others wrote is read as what it is, all of it.
    private static JournalHeader? ReadAny(ReadOnlySpan<byte> line)
    {
        try
        {
            JournalEvent found = JournalEvent.Other;
            JournalKey? key = null;
            Utf8JsonReader reader = new(line);
            reader.Read();
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                bool isEvent = reader.ValueTextEquals("event"u8);
                bool isEntry = !isEvent && reader.ValueTextEquals("entry"u8);
                reader.Read();
                if (isEvent && reader.TokenType == JsonTokenType.String)
                {
                    found = EventOf(reader.ValueSpan);
                }
                else if (isEntry && reader.TokenType == JsonTokenType.String)
                {
                    key = JournalKey.Of(reader.ValueSpan);
                }
                else
                {
                    reader.Skip();
                }
            }

            // Asking once more finds what stands behind the end of the object.
            reader.Read();
            return found == JournalEvent.Compacted ? new JournalHeader(found, default)
                : key is JournalKey known ? new JournalHeader(found, known)
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static JournalEvent EventOf(ReadOnlySpan<byte> word)
    {
        foreach ((byte[] known, JournalEvent line) in s_words)
        {
            if (word.SequenceEqual(known))
            {
                return line;
            }
        }

        return JournalEvent.Other;
    }
}
