using System.Text.Json;
using AtlasCloud.Json;
using Microsoft.Win32.SafeHandles;

namespace AtlasCloud.Journal;

/// <summary>
/// Finds the entries of a journal by the digest of their request. The journal is read once, and afterwards only what was appended to it; an entry is parsed
/// when it is needed. Thread-safe.
/// </summary>
internal sealed class JournalDigestIndex(string path, JournalLimits limits)
{
    // Enough to recognize by the end of what was read that compaction, or another program, has replaced the file.
    private const int TailBytes = 256;

    private readonly object _lock = new();
    private readonly Dictionary<DigestKey, (int First, int Last)> _chains = [];
    private readonly Dictionary<int, int> _next = [];
    private JournalIndex? _index;
    private byte[] _tail = [];

    /// <summary>The number of times that the file was read from its start.</summary>
    internal int FullReads { get; private set; }

    /// <summary>The number of unreadable lines.</summary>
    internal int DamagedLines { get { lock (_lock) { return _index?.DamagedLines ?? 0; } } }

    /// <summary>Returns the entries of a digest, oldest first, beginning after a position.</summary>
    /// <param name="digest">The digest.</param>
    /// <param name="position">The position; updated to the last entry.</param>
    /// <param name="file">The journal if the caller has it open; null to open it.</param>
    /// <exception cref="IOException">The journal cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">Access to the journal is denied.</exception>
    internal IReadOnlyList<JournalEntry> FindAfter(string digest, ref Position position, SafeFileHandle? file = null)
    {
        lock (_lock)
        {
            using FileStream? opened = file is null ? JournalReader.OpenIfExists(path) : null;
            SafeFileHandle? source = file ?? opened?.SafeFileHandle;
            Update(source);
            int? node = position.FullReads == FullReads && position.Entry is int last ? Next(last)
                : DigestKey.Parse(digest) is DigestKey key && _chains.TryGetValue(key, out (int First, int Last) chain) ? chain.First
                : null;
            position = position.FullReads == FullReads ? position : new Position(FullReads, null);
            List<JournalEntry> found = [];
            for (; node is int entry; node = Next(entry))
            {
                position = new Position(FullReads, entry);
                if (_index!.Entries[entry].State is not null && JournalReader.Build(source!, _index, _index.Entries[entry]) is JournalEntry built
                    && (built.ReuseDigest ?? built.Digest) == digest)
                {
                    found.Add(built);
                }
            }

            return found;
        }
    }

    /// <summary>Returns the current state of an entry; null if the journal does not have it any more.</summary>
    /// <exception cref="IOException">The journal cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">Access to the journal is denied.</exception>
    internal JournalEntry? Find(string journalId)
    {
        lock (_lock)
        {
            using FileStream? file = JournalReader.OpenIfExists(path);
            Update(file?.SafeFileHandle);
            return JournalKey.Parse(System.Text.Encoding.ASCII.GetBytes(journalId)) is JournalKey key && _index?.Find(key) is JournalIndex.Entry { State: not null } entry
                ? JournalReader.Build(file!.SafeFileHandle, _index, entry)
                : null;
        }
    }

    private int? Next(int entry) => _next.TryGetValue(entry, out int next) ? next : null;

    private void Update(SafeFileHandle? file)
    {
        long length = file is null ? 0 : RandomAccess.GetLength(file);
        if (_index is null || length < _index.End || !ReadTail(file, _index.End, _tail.Length).AsSpan().SequenceEqual(_tail))
        {
            FullReads++;
            _chains.Clear();
            _next.Clear();
            _index = new JournalIndex(limits, AddIntent);
        }

        if (file is not null && length > _index.End)
        {
            _index.ReadOn(file, length);
            _tail = ReadTail(file, _index.End, (int)Math.Min(TailBytes, _index.End));
        }
        else if (_index.End == 0)
        {
            _tail = [];
        }
    }

    private static byte[] ReadTail(SafeFileHandle? file, long end, int count)
    {
        byte[] tail = new byte[count];
        int read = file is null ? 0 : RandomAccess.Read(file, tail, end - count);
        return tail[..read];
    }

    private void AddIntent(ReadOnlySpan<byte> line, int entry)
    {
        if (FindDigest(line) is not DigestKey key)
        {
            return;
        }

        if (_chains.TryGetValue(key, out (int First, int Last) chain))
        {
            _next[chain.Last] = entry;
            _chains[key] = (chain.First, entry);
        }
        else
        {
            _chains[key] = (entry, entry);
        }
    }

    // A quotation mark within a text is escaped, so these bytes are the name of a member. A line of another program can have white space between them.
    private static DigestKey? FindDigest(ReadOnlySpan<byte> line) =>
        FindValue(line, "\"reuse_digest\":\""u8) ?? FindValue(line, "\"digest\":\""u8) ?? (line.IndexOf("digest\""u8) < 0 ? null : ParseDigest(line));

    private static DigestKey? FindValue(ReadOnlySpan<byte> line, ReadOnlySpan<byte> name)
    {
        int at = line.IndexOf(name);
        ReadOnlySpan<byte> value = at < 0 ? default : line[(at + name.Length)..];
        return value.Length > DigestKey.Digits && value[DigestKey.Digits] == '"' ? DigestKey.Parse(value[..DigestKey.Digits]) : null;
    }

    private static DigestKey? ParseDigest(ReadOnlySpan<byte> line)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(line.ToArray());
            return (document.RootElement.Text("reuse_digest") ?? document.RootElement.Text("digest")) is string digest ? DigestKey.Parse(digest) : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>A position among the entries of a digest; the default value is before the first.</summary>
    /// <param name="FullReads">The <see cref="JournalDigestIndex.FullReads"/> to which it belongs.</param>
    /// <param name="Entry">The index of the last entry that was returned; null if none was.</param>
    internal readonly record struct Position(int FullReads, int? Entry);
}
