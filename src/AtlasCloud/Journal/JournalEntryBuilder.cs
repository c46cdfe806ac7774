using System.Collections.Concurrent;
using System.Text.Json;
using AtlasCloud.Json;
using AtlasCloud.Text;

namespace AtlasCloud.Journal;

/// <summary>Builds an entry from its lines. A value in a later line replaces the earlier value.</summary>
internal static class JournalEntryBuilder
{
    private const int MaxCached = 500;
    private const int MaxCachedLength = 200;

    private static readonly ConcurrentDictionary<(string Text, int Length), string> s_sanitized = new();
    private static readonly string s_intent = JournalLine.FormatEvent(JournalEvent.Intent);
    private static readonly string s_expired = JournalLine.FormatEvent(JournalEvent.Expired);

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
                // The line is damaged after its header. The entry is kept with its ID, because its result may still be collectable.
                entry ??= JournalLine.Read(line.Span.TrimEnd((byte)'\n')) is { Key: JournalKey key } ? new JournalEntry { JournalId = key.ToString() } : null;
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
        bool isIntent = line.Text("event") == s_intent;
        return entry with
        {
            PredictionId = PredictionId.IsValid(prediction) ? prediction : entry.PredictionId,
            Model = ReadSanitized(line, "model", 200) ?? entry.Model,
            Kind = Enum.TryParse(line.Text("kind"), out ModelKind kind) && Enum.IsDefined(kind) ? kind : entry.Kind,
            Label = ReadSanitized(line, "label", JournalFile.MaxLabelLength) ?? entry.Label,
            Origin = ReadSanitized(line, "origin", 300) ?? entry.Origin,
            Account = isIntent && line.Text("account") is string account && AccountFingerprint.IsValid(account) ? account : entry.Account,
            ClockOffset = ReadOffset(line) ?? entry.ClockOffset,
            SearchedAt = entry.SearchedAt ?? line.Member("searched")?.AsTime(),
            CreatedAt = isIntent ? at ?? entry.CreatedAt : entry.CreatedAt,
            SentAt = line.Member("sent")?.AsTime() ?? entry.SentAt,
            UpdatedAt = at ?? entry.UpdatedAt,
            Status = ReadSanitized(line, "status", 60) ?? entry.Status,
            Reason = ReadSanitized(line, "reason", SafeText.MessageLength) ?? entry.Reason,
            Digest = ReadDigest(line, "digest") ?? entry.Digest,
            ReuseDigest = ReadDigest(line, "reuse_digest") ?? entry.ReuseDigest,
            IsExpired = entry.IsExpired || line.Text("event") == s_expired,
            Prompt = line.Text("prompt") ?? entry.Prompt,
            Recorded = isIntent && line.Member("recorded") is JsonElement { ValueKind: JsonValueKind.Object } recorded ? recorded.Clone() : entry.Recorded,
            Price = Money.ReadPrice(line.Member("price")) ?? entry.Price,
            QuotedPrice = Money.ReadPrice(line.Member("quoted_price")) ?? entry.QuotedPrice,
            Currency = ReadSanitized(line, "currency", 10) ?? entry.Currency,
            Files = Merge(entry.Files, [.. line.Member("files").Items().Select(ReadFile).OfType<SavedFile>()]),
            ProcessId = line.Member("process")?.AsInteger() is long process and > 0 and <= int.MaxValue ? (int)process : entry.ProcessId,
            Machine = ReadSanitized(line, "machine", 100) ?? entry.Machine,
            MachineId = isIntent ? line.Text("machine_id") : entry.MachineId,
            ProcessStart = isIntent ? line.Text("process_start") : entry.ProcessStart,
        };
    }

    // A difference of more than a century is damage.
    private static TimeSpan? ReadOffset(JsonElement line) =>
        line.Member("clock_offset")?.AsDecimal() is decimal seconds and > -3_200_000_000m and < 3_200_000_000m ? TimeSpan.FromSeconds((double)seconds) : null;

    private static string? ReadDigest(JsonElement line, string name) =>
        line.Text(name) is { Length: 64 } digest && digest.All(char.IsAsciiHexDigitLower) ? digest : null;

    // Sanitizing takes most of the time of reading an entry, and nearly all entries of a journal have the same few models, origins and statuses.
    private static string? ReadSanitized(JsonElement line, string name, int length)
    {
        if (line.Text(name) is not string text)
        {
            return null;
        }

        if (!s_sanitized.TryGetValue((text, length), out string? sanitized))
        {
            sanitized = SafeText.Sanitize(text, length: length);
            if (text.Length <= MaxCachedLength && s_sanitized.Count < MaxCached)
            {
                s_sanitized[(text, length)] = sanitized;
            }
        }

        return sanitized.Length > 0 ? sanitized : null;
    }

    // A file that was saved again replaces the earlier record of its path.
    private static IReadOnlyList<SavedFile> Merge(IReadOnlyList<SavedFile> files, SavedFile[] added) =>
        added.Length == 0 ? files : [.. files.ExceptBy(added.Select(f => f.Path), f => f.Path), .. added.DistinctBy(f => f.Path)];

    private static SavedFile? ReadFile(JsonElement file) => file.Text("path") is string path
        ? new SavedFile
        {
            Path = path,
            Length = file.Member("length")?.AsInteger() ?? 0,
            Sha256 = file.Text("sha256"),
            Output = file.Member("output")?.AsInteger() is long output and > 0 and <= int.MaxValue ? (int)output : null,
            Role = file.Text("role"),
        }
        : null;
}
