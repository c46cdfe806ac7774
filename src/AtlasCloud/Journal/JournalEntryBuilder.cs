using System.Text.Json;
using AtlasCloud.Json;
using AtlasCloud.Text;

namespace AtlasCloud.Journal;

/// <summary>Makes an entry of its lines. What a line says wins over the lines before it; what it does not say stays.</summary>
internal static class JournalEntryBuilder
{
    internal static JournalEntry? Build(IEnumerable<ReadOnlyMemory<byte>> lines, JournalState state)
    {
        JournalEntry? entry = null;
        foreach (ReadOnlyMemory<byte> line in lines)
        {
            try
            {
                using JsonDocument document = JsonDocument.Parse(line);
                entry = Add(entry, document.RootElement);
            }
            catch (JsonException)
            {
                // Damaged behind its first bytes. That there is such an entry is worth more than what else the line said.
                entry ??= JournalHeader.Read(line.Span.TrimEnd((byte)'\n')) is { Key: JournalKey key } ? new JournalEntry { JournalId = key.ToString() } : null;
            }
        }

        return entry is null ? null : entry with { State = state };
    }

    private static JournalEntry? Add(JournalEntry? entry, JsonElement line)
    {
        if ((entry?.JournalId ?? line.Text("entry")) is not string id)
        {
            return null;
        }

        entry ??= new JournalEntry { JournalId = id };
        DateTimeOffset? at = line.Member("at")?.AsTime();
        string? prediction = line.Text("prediction");
        return entry with
        {
            PredictionId = PredictionId.IsValid(prediction) ? prediction : entry.PredictionId,
            Model = Shown(line, "model", 200) ?? entry.Model,
            Kind = Enum.TryParse(line.Text("kind"), out ModelKind kind) && Enum.IsDefined(kind) ? kind : entry.Kind,
            Label = Shown(line, "label", JournalFile.TextLength) ?? entry.Label,
            Origin = Shown(line, "origin", 300) ?? entry.Origin,
            CreatedAt = line.Text("event") == JournalHeader.WordOf(JournalEvent.Intent) ? at ?? entry.CreatedAt : entry.CreatedAt,
            SentAt = line.Member("sent")?.AsTime() ?? entry.SentAt,
            UpdatedAt = at ?? entry.UpdatedAt,
            Status = Shown(line, "status", 60) ?? entry.Status,
            Reason = Shown(line, "reason", SafeText.MessageLength) ?? entry.Reason,
            Digest = line.Text("digest") is { Length: 64 } digest && digest.All(char.IsAsciiHexDigitLower) ? digest : entry.Digest,
            Prompt = line.Text("prompt") ?? entry.Prompt,
            Price = line.Member("price")?.AsDecimal() ?? entry.Price,
            QuotedPrice = line.Member("quoted_price")?.AsDecimal() ?? entry.QuotedPrice,
            Currency = Shown(line, "currency", 10) ?? entry.Currency,
            Files = Merge(entry.Files, [.. line.Member("files").Items().Select(FileOf).OfType<SavedFile>()]),
            ProcessId = line.Member("process")?.AsInteger() is long process and > 0 and <= int.MaxValue ? (int)process : entry.ProcessId,
            Machine = Shown(line, "machine", 100) ?? entry.Machine,
        };
    }

    private static string? Shown(JsonElement line, string name, int length) =>
        line.Text(name) is string text && SafeText.Sanitize(text, length: length) is { Length: > 0 } shown ? shown : null;

    // Saved again to the same place: the later one is there now.
    private static IReadOnlyList<SavedFile> Merge(IReadOnlyList<SavedFile> files, SavedFile[] further) =>
        further.Length == 0 ? files : [.. files.ExceptBy(further.Select(f => f.Path), f => f.Path), .. further.DistinctBy(f => f.Path)];

    private static SavedFile? FileOf(JsonElement file) => file.Text("path") is string path
        ? new SavedFile { Path = path, Length = file.Member("length")?.AsInteger() ?? 0, Sha256 = file.Text("sha256") }
        : null;
}
