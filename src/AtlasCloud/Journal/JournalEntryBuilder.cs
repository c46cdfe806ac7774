using System.Text.Json;
using AtlasCloud.Json;
using AtlasCloud.Text;

namespace AtlasCloud.Journal;

/// <summary>Builds an entry from its lines. A value in a later line replaces the earlier value. Not thread-safe.</summary>
/// <param name="members">Parses the lines; shared by the builders of a read.</param>
internal sealed class JournalEntryBuilder(JournalMembers members)
{
    private static readonly string s_intent = JournalLine.FormatEvent(JournalEvent.Intent);
    private static readonly string s_expired = JournalLine.FormatEvent(JournalEvent.Expired);

    private string? _id;
    private string? _prediction;
    private string? _model;
    private ModelKind _kind;
    private string? _label;
    private string? _origin;
    private string? _account;
    private TimeSpan? _clockOffset;
    private DateTimeOffset? _searchedAt;
    private DateTimeOffset? _createdAt;
    private DateTimeOffset? _sentAt;
    private DateTimeOffset? _updatedAt;
    private string? _status;
    private string? _reason;
    private string? _digest;
    private string? _reuseDigest;
    private bool _isExpired;
    private string? _prompt;
    private JsonElement? _recorded;
    private decimal? _price;
    private decimal? _quotedPrice;
    private string? _currency;
    private IReadOnlyList<SavedFile> _files = ReadOnlyLists.Empty<SavedFile>();
    private int? _process;
    private string? _machine;
    private string? _machineId;
    private string? _processStart;

    /// <summary>Builds an entry from all of its lines; null if none of them can be read.</summary>
    internal static JournalEntry? Build(IEnumerable<byte[]> lines, JournalState state)
    {
        JournalEntryBuilder builder = new(new JournalMembers());
        foreach (byte[] line in lines)
        {
            builder.Add(line);
        }

        return builder.Build(state);
    }

    /// <summary>Adds the next line.</summary>
    internal void Add(ReadOnlySpan<byte> line)
    {
        try
        {
            members.Parse(line);
        }
        catch (JsonException)
        {
            // The line is damaged after its header. The entry is kept with its ID, because its result may still be collectable.
            _id ??= JournalLine.Read(line.TrimEnd((byte)'\n')) is { Key: JournalKey key } ? key.ToString() : null;
            return;
        }

        _id ??= members.UniqueText(line, JournalMember.Entry);
        if (_id is not null)
        {
            string? recorded = members.Text(line, JournalMember.Event);
            AddRequest(line);
            AddProgress(line);
            if (recorded == s_intent)
            {
                AddIntent(line);
            }

            _isExpired |= recorded == s_expired;
        }
    }

    /// <summary>Returns the entry; null if no line could be read.</summary>
    internal JournalEntry? Build(JournalState state) => _id is null ? null : new JournalEntry
    {
        JournalId = _id,
        State = state,
        PredictionId = _prediction,
        Model = _model,
        Kind = _kind,
        Label = _label,
        Origin = _origin,
        Account = _account,
        ClockOffset = _clockOffset,
        SearchedAt = _searchedAt,
        CreatedAt = _createdAt,
        SentAt = _sentAt,
        UpdatedAt = _updatedAt,
        Status = _status,
        Reason = _reason,
        Digest = _digest,
        ReuseDigest = _reuseDigest,
        IsExpired = _isExpired,
        Prompt = _prompt,
        Recorded = _recorded,
        Price = _price,
        QuotedPrice = _quotedPrice,
        Currency = _currency ?? "usd",
        Files = _files,
        ProcessId = _process,
        Machine = _machine,
        MachineId = _machineId,
        ProcessStart = _processStart,
    };

    private void AddIntent(ReadOnlySpan<byte> line)
    {
        _account = members.Text(line, JournalMember.Account) is string account && AccountFingerprint.IsValid(account) ? account : _account;
        _createdAt = members.Time(line, JournalMember.At) ?? _createdAt;
        _recorded = members.Element(line, JournalMember.Recorded) is JsonElement { ValueKind: JsonValueKind.Object } recorded ? recorded : _recorded;
        _machineId = members.Text(line, JournalMember.MachineId);
        _processStart = members.Text(line, JournalMember.ProcessStart);
    }

    private void AddRequest(ReadOnlySpan<byte> line)
    {
        _model = members.Sanitized(line, JournalMember.Model, 200) ?? _model;
        _kind = Enum.TryParse(members.Text(line, JournalMember.Kind), out ModelKind kind) && Enum.IsDefined(kind) ? kind : _kind;
        _label = members.Sanitized(line, JournalMember.Label, JournalFile.MaxLabelLength) ?? _label;
        _origin = members.Sanitized(line, JournalMember.Origin, 300) ?? _origin;
        _digest = members.Digest(line, JournalMember.Digest) ?? _digest;
        _reuseDigest = members.Digest(line, JournalMember.ReuseDigest) ?? _reuseDigest;
        _prompt = members.UniqueText(line, JournalMember.Prompt) ?? _prompt;
        _quotedPrice = Money.ReadPrice(members.Element(line, JournalMember.QuotedPrice)) ?? _quotedPrice;
        _currency = members.Sanitized(line, JournalMember.Currency, 10) ?? _currency;
        _process = members.Integer(line, JournalMember.Process) is long process and > 0 and <= int.MaxValue ? (int)process : _process;
        _machine = members.Sanitized(line, JournalMember.Machine, 100) ?? _machine;
    }

    private void AddProgress(ReadOnlySpan<byte> line)
    {
        _prediction = members.UniqueText(line, JournalMember.Prediction) is string id && PredictionId.IsValid(id) ? id : _prediction;
        _clockOffset = ReadOffset(line) ?? _clockOffset;
        _searchedAt ??= members.Time(line, JournalMember.Searched);
        _sentAt = members.Time(line, JournalMember.Sent) ?? _sentAt;
        _updatedAt = members.Time(line, JournalMember.At) ?? _updatedAt;
        _status = members.Sanitized(line, JournalMember.Status, 60) ?? _status;
        _reason = members.Sanitized(line, JournalMember.Reason, SafeText.MessageLength) ?? _reason;
        _price = Money.ReadPrice(members.Element(line, JournalMember.Price)) ?? _price;
        _files = members.Element(line, JournalMember.Files) is JsonElement files ? Merge(_files, files) : _files;
    }

    // A difference of more than a century is damage.
    private TimeSpan? ReadOffset(ReadOnlySpan<byte> line) =>
        members.Element(line, JournalMember.ClockOffset)?.AsDecimal() is decimal seconds and > -3_200_000_000m and < 3_200_000_000m ? TimeSpan.FromSeconds((double)seconds) : null;

    // A file that was saved again replaces the earlier record of its path.
    private static IReadOnlyList<SavedFile> Merge(IReadOnlyList<SavedFile> files, JsonElement? recorded)
    {
        SavedFile[] added = [.. recorded.Items().Select(ReadFile).OfType<SavedFile>()];
        return added.Length == 0 ? files
            : files.Count == 0 && added.Length == 1 ? added
            : [.. files.ExceptBy(added.Select(f => f.Path), f => f.Path), .. added.DistinctBy(f => f.Path)];
    }

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
