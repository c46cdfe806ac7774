using System.Text.Json.Nodes;
using AtlasCloud.Json;
using AtlasCloud.Requests;
using AtlasCloud.Storage;
using AtlasCloud.Text;

namespace AtlasCloud.Journal;

/// <summary>A request that is about to be sent.</summary>
/// <param name="Model">The model's ID as it is sent.</param>
/// <param name="Digest">The digest of the body, from <see cref="RequestDigest"/>.</param>
internal sealed record JournalIntent(string Model, string Digest)
{
    // Media in data URIs are larger. Such a request can be repeated from the metadata of its files only.
    private const int MaxRequestBytes = 256 * 1024;

    private static readonly string? s_processStart = RunningProcess.GetStart(Environment.ProcessId);

    /// <summary>The ID of the entry; null to create one.</summary>
    internal string? EntryId { get; init; }

    /// <summary>The digest that identifies the request in later runs; null if it is <see cref="Digest"/>.</summary>
    internal string? ReuseDigest { get; init; }

    /// <summary>The kind of result.</summary>
    internal ModelKind Kind { get; init; }

    /// <summary>The caller's label; null if there is none.</summary>
    internal string? Label { get; init; }

    /// <summary>The service's address. Only scheme, host and port are recorded.</summary>
    internal Uri? BaseUri { get; init; }

    /// <summary>The prompt; null if prompts are not recorded.</summary>
    internal string? Prompt { get; init; }

    /// <summary>The request in the form that is kept in files; null if requests are not recorded.</summary>
    internal JsonObject? Request { get; init; }

    /// <summary>The quoted price; null if no quote was requested.</summary>
    internal decimal? QuotedPrice { get; init; }

    /// <summary>The currency of the quoted price.</summary>
    internal string? Currency { get; init; }

    /// <summary>The fingerprint of the key; null without a key.</summary>
    internal string? Account { get; init; }

    /// <summary>The service's time minus this machine's; null if it was not measured.</summary>
    internal TimeSpan? ClockOffset { get; init; }

    internal JournalRecord ToLine(string journalId, DateTimeOffset now) => new()
    {
        Event = JournalLine.FormatEvent(JournalEvent.Intent),
        Entry = journalId,
        At = now,
        Model = Model,
        Kind = Kind.ToString(),
        Label = Label is null ? null : SafeText.Sanitize(Label, length: JournalFile.MaxLabelLength),
        Origin = BaseUri?.GetLeftPart(UriPartial.Authority),
        Account = Account,
        ClockOffset = JournalRecord.ToSeconds(ClockOffset),
        Digest = Digest,
        ReuseDigest = ReuseDigest == Digest ? null : ReuseDigest,
        QuotedPrice = QuotedPrice,
        Currency = Currency,
        Process = Environment.ProcessId,
        Machine = Environment.MachineName,
        MachineId = MachineIdentity.Value,
        ProcessStart = s_processStart,
        Prompt = Prompt is null ? null : SafeText.Mask(Prompt),
        Recorded = Request is not null && JsonText.WriteUtf8(Request).Length <= MaxRequestBytes ? Request : null,
    };
}
