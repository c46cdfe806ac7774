using System.Text;
using System.Text.Json;
using System.Text.Unicode;

namespace AtlasCloud.Journal;

/// <summary>
/// The start of a journal line: its event and the entry it belongs to. That is enough to determine which entries are open. <see cref="Read"/> decides
/// whether a line is damaged.
/// </summary>
internal readonly record struct JournalLine(JournalEvent Event, JournalKey Key)
{
    private static readonly (byte[] Name, JournalEvent Event)[] s_eventNames =
        [.. Enum.GetValues<JournalEvent>().Where(e => e != JournalEvent.Other).Select(e => (Encoding.UTF8.GetBytes(FormatEvent(e)), e))];

    private static ReadOnlySpan<byte> Prefix => "{\"event\":\""u8;

    private static ReadOnlySpan<byte> Separator => "\",\"entry\":\""u8;

    /// <summary>Returns an event's name as it is written.</summary>
    internal static string FormatEvent(JournalEvent line) => line.ToString().ToLowerInvariant();

    /// <summary>Reads a line without its line break; null if the line is damaged.</summary>
    internal static JournalLine? Read(ReadOnlySpan<byte> line)
    {
        // An editor may have changed the line breaks to CR LF.
        line = line.TrimEnd((byte)'\r');

        // Detects most damage without the cost of an exception per line.
        if (line.Length < 2 || line[0] != '{' || line[^1] != '}' || !Utf8.IsValid(line))
        {
            return null;
        }

        return ReadCanonical(line) ?? ReadNonCanonical(line);
    }

    // A line that this library wrote starts with event and entry, so the rest need not be parsed. It is checked for the damage that a crash can cause:
    // truncated lines have no end, a truncated line that was joined with the next has two starts, and blocks that were not flushed are zeros.
    private static JournalLine? ReadCanonical(ReadOnlySpan<byte> line)
    {
        if (!line.StartsWith(Prefix))
        {
            return null;
        }

        ReadOnlySpan<byte> rest = line[Prefix.Length..];
        int end = rest.IndexOf((byte)'"');
        ReadOnlySpan<byte> name = end < 0 ? default : rest[..end];
        if (end < 0 || !rest[end..].StartsWith(Separator))
        {
            return null;
        }

        rest = rest[(end + Separator.Length)..];
        end = rest.IndexOf((byte)'"');
        if (end < 0 || JournalKey.Parse(rest[..end]) is not JournalKey key || ParseEvent(name) is not (not JournalEvent.Other and JournalEvent found))
        {
            return null;
        }

        rest = rest[(end + 1)..];
        bool isComplete = rest[0] == ',' && rest.IndexOf(Prefix) < 0 && rest.IndexOfAnyInRange((byte)0, (byte)0x1F) < 0;
        return isComplete ? new JournalLine(found, key) : null;
    }

    // Lines of other programs or later versions are parsed completely.
    private static JournalLine? ReadNonCanonical(ReadOnlySpan<byte> line)
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
                    found = ParseEvent(reader.ValueSpan);
                }
                else if (isEntry && reader.TokenType == JsonTokenType.String)
                {
                    key = JournalKey.Parse(reader.ValueSpan);
                }
                else
                {
                    reader.Skip();
                }
            }

            // Throws if anything follows the object.
            reader.Read();
            return found == JournalEvent.Compacted ? new JournalLine(found, default)
                : key is JournalKey known ? new JournalLine(found, known)
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static JournalEvent ParseEvent(ReadOnlySpan<byte> name)
    {
        foreach ((byte[] known, JournalEvent line) in s_eventNames)
        {
            if (name.SequenceEqual(known))
            {
                return line;
            }
        }

        return JournalEvent.Other;
    }
}
