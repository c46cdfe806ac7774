using System.Text;
using System.Text.Json;
using System.Text.Unicode;

namespace AtlasCloud;

/// <summary>What must be known of a line to tell which entries are open: which entry it belongs to and what it says.</summary>
internal readonly record struct JournalHeader(JournalEvent Event, JournalKey Key)
{
    private static readonly (byte[] Word, JournalEvent Event)[] s_words =
        [.. Enum.GetValues<JournalEvent>().Where(e => e != JournalEvent.Other).Select(e => (Encoding.UTF8.GetBytes(WordOf(e)), e))];

    internal static string WordOf(JournalEvent line) => line.ToString().ToLowerInvariant();

    /// <summary>Reads a line without its end; null where it is damaged. All of it is checked, so that what is half lost does not count.</summary>
    internal static JournalHeader? Read(ReadOnlySpan<byte> line)
    {
        // An editor may have saved it with other line ends.
        line = line.TrimEnd((byte)'\r');

        // Most damage shows here already, without an exception for each line.
        if (line.Length < 2 || line[0] != '{' || line[^1] != '}' || !Utf8.IsValid(line))
        {
            return null;
        }

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
                    found = EventOf(ref reader);
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

    private static JournalEvent EventOf(ref Utf8JsonReader reader)
    {
        foreach ((byte[] word, JournalEvent line) in s_words)
        {
            if (reader.ValueTextEquals(word))
            {
                return line;
            }
        }

        return JournalEvent.Other;
    }
}
